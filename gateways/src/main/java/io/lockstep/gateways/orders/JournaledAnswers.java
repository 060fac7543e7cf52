package io.lockstep.gateways.orders;

/**
 * Requests whose answers are on the way to the node's journal, in the order of the answers: a ring. When the node has
 * journaled an answer the log may leave its request behind. No allocation after the constructor.
 */
final class JournaledAnswers
{
    private final RequestLog log;
    private final LoggedRequest[] requests;
    private final long[] linkSequences;
    private final long[] execIds;
    private int head;
    private int size;

    JournaledAnswers(final RequestLog log)
    {
        this.log = log;
        requests = new LoggedRequest[log.openRequestsMax()];
        linkSequences = new long[requests.length];
        execIds = new long[requests.length];
    }

    /**
     * @param linkSequence number of the answer on the link.
     * @param execId       of the answer; 0 when it is no execution.
     */
    void add(final LoggedRequest request, final long linkSequence, final long execId)
    {
        request.state = RequestState.ANSWERED;
        final int index = index(size);
        requests[index] = request;
        linkSequences[index] = linkSequence;
        execIds[index] = execId;
        size++;
    }

    /**
     * @param acknowledged newest number on the link that is in the node's journal.
     */
    void poll(final long acknowledged)
    {
        while (size > 0 && linkSequences[head] <= acknowledged)
        {
            log.journaled(requests[head], execIds[head]);
            requests[head] = null;
            head = index(1);
            size--;
        }
    }

    int size()
    {
        return size;
    }

    private int index(final int place)
    {
        final int index = head + place;
        return index < requests.length ? index : index - requests.length;
    }
}
