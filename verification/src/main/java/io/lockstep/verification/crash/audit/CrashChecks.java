package io.lockstep.verification.crash.audit;

import io.lockstep.verification.crash.audit.Ledger.Account;
import io.lockstep.verification.crash.audit.Ledger.OpenOrder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether market, venue, journal and engine agree. Each check that does not hold adds a sentence and its count.
 */
public final class CrashChecks
{
    private static final int NAMED_MAX = 3;

    private final List<String> failures = new ArrayList<>();
    private long lost;
    private long duplicated;
    private long invented;

    /** What the feed played is in the journal, each message once, in order and as it was. */
    public void market(final JournalContents journal)
    {
        lost(journal.market().lost(), "messages of the market are not in the journal", List.of());
        lost(journal.sourceGaps(), "times the node says that a source skipped", List.of());
        duplicated(journal.market().repeated(), "messages of the market are in the journal again", List.of());
        invented(journal.market().changed(), "messages of the market are in the journal otherwise", List.of());
    }

    /** The venue got what was decided and has not expired, each request once and as it was, and nothing else. */
    public void requests(final JournalContents journal, final VenueRecord venue, final long venueRepeats)
    {
        final List<String> missing = new ArrayList<>();
        final List<String> changed = new ArrayList<>();
        final List<String> sentThoughExpired = new ArrayList<>();
        journal.requests().forEach((clOrdId, request) ->
        {
            final Request got = venue.requests().get(clOrdId);
            final boolean expired = journal.isExpired(request);
            add(missing, clOrdId, got == null && !expired);
            add(changed, clOrdId, got != null && !got.equals(request));
            add(sentThoughExpired, clOrdId, got != null && expired);
        });
        lost(missing.size(), "requests in the journal did not reach the venue", missing);
        invented(changed.size(), "requests reached the venue otherwise than they are in the journal", changed);
        invented(sentThoughExpired.size(), "requests reached the venue after they had expired", sentThoughExpired);
        final List<String> unknown = notIn(journal.requests(), venue.requests());
        invented(unknown.size(), "requests reached the venue that are not in the journal", unknown);
        final List<String> entered = venue.entries().entrySet().stream()
            .filter((entry) -> entry.getValue() > 1).map(Map.Entry::getKey).toList();
        duplicated(entered.size(), "orders are held by the venue more than once", entered);
        duplicated(venue.conflicts(), "requests came to the venue again with other content", List.of());
        duplicated(Math.abs(venue.repeats() - venueRepeats),
            "requests came to the venue again and were not ignored", List.of());
        duplicated(journal.repeatedRequests(), "ClOrdIDs are in the journal more than once", List.of());
    }

    /**
     * The venue got no request again, whether it took it for another order or not.
     *
     * @return how many came again.
     */
    public long sentOnce(final VenueRecord venue)
    {
        final long before = duplicated;
        final List<String> entered = venue.entries().entrySet().stream()
            .filter((entry) -> entry.getValue() > 1).map(Map.Entry::getKey).toList();
        duplicated(entered.size(), "orders were entered at the venue more than once", entered);
        duplicated(venue.repeats(), "requests came to the venue again", List.of());
        duplicated(venue.conflicts(), "requests came to the venue again with other content", List.of());
        return duplicated - before;
    }

    /** Each request is known in the end, and none is said not to be sent that the venue has received. */
    public void fates(final RequestFates fates, final VenueRecord venue)
    {
        final List<String> unknown = fates.unknown(venue.requests().keySet());
        lost(unknown.size(), "requests are not known in the end", unknown);
        final List<String> wrong = fates.wronglyNotSent(venue.requests().keySet());
        invented(wrong.size(), "requests were reported as not sent, and the venue has received them", wrong);
    }

    /** The journal has what the venue answered, each answer applied once and as it was, and nothing else. */
    public void reports(final JournalContents journal, final VenueRecord venue, final Ledger engine)
    {
        final List<String> missing = notIn(journal.reports(), venue.reports());
        lost(missing.size(), "answers of the venue are not in the journal", missing);
        final List<String> unknown = notIn(venue.reports(), journal.reports());
        invented(unknown.size(), "answers in the journal are not the venue's", unknown);
        final List<String> changed = venue.reports().entrySet().stream()
            .filter(
                (entry) -> !entry.getValue().equals(journal.reports().getOrDefault(entry.getKey(), entry.getValue())))
            .map(Map.Entry::getKey).toList();
        invented(changed.size() + journal.changedReports() + venue.changedReports(),
            "answers of the venue are in the journal otherwise", changed);
        duplicated(journal.repeatedInputs(), "inputs from the venue are in the journal again", List.of());
        duplicated(Math.max(0, engine.fills() - journal.fills()), "fills were applied more than once", List.of());
        lost(Math.max(0, journal.fills() - engine.fills()), "fills in the journal were not applied", List.of());
    }

    /**
     * The venue's account and the engine's are the same.
     *
     * @param venueOpenOrders how many orders the venue itself says are open.
     * @return whether they are.
     */
    public boolean ledgers(final Ledger engine, final Ledger venue, final int venueOpenOrders)
    {
        final int before = failures.size();
        for (final int id : union(engine.accountByInstrument(), venue.accountByInstrument()))
        {
            final Account ofEngine = engine.accountByInstrument().get(id);
            final Account ofVenue = venue.accountByInstrument().get(id);
            compare("account of instrumentId=" + id, ofEngine, ofVenue);
        }
        for (final String clOrdId : union(engine.openOrders(), venue.openOrders()))
        {
            final OpenOrder ofEngine = engine.openOrders().get(clOrdId);
            final OpenOrder ofVenue = venue.openOrders().get(clOrdId);
            compare("open order " + clOrdId, ofEngine, ofVenue);
        }
        if (venue.openOrders().size() != venueOpenOrders)
        {
            failures.add("ledger: orders open at the venue: by its reports " + venue.openOrders().size() +
                ", by its count " + venueOpenOrders);
        }
        return failures.size() == before;
    }

    private void compare(final String what, final Object ofEngine, final Object ofVenue)
    {
        if (!Objects.equals(ofEngine, ofVenue))
        {
            failures.add("ledger: " + what + ": engine=" + ofEngine + " venue=" + ofVenue);
        }
    }

    private static <K extends Comparable<K>> SortedSet<K> union(final Map<K, ?> first, final Map<K, ?> second)
    {
        final SortedSet<K> keys = new TreeSet<>(first.keySet());
        keys.addAll(second.keySet());
        return keys;
    }

    /** Anything else that must hold. */
    public void require(final boolean holds, final String sentence)
    {
        if (!holds)
        {
            failures.add(sentence);
        }
    }

    private static void add(final List<String> names, final String name, final boolean isOne)
    {
        if (isOne)
        {
            names.add(name);
        }
    }

    private static List<String> notIn(final Map<String, ?> there, final Map<String, ?> these)
    {
        return these.keySet().stream().filter((name) -> !there.containsKey(name)).toList();
    }

    private void lost(final long count, final String what, final List<String> names)
    {
        lost += count;
        fail("lost", count, what, names);
    }

    private void duplicated(final long count, final String what, final List<String> names)
    {
        duplicated += count;
        fail("duplicated", count, what, names);
    }

    private void invented(final long count, final String what, final List<String> names)
    {
        invented += count;
        fail("invented", count, what, names);
    }

    private void fail(final String kind, final long count, final String what, final List<String> names)
    {
        if (count > 0)
        {
            failures.add(kind + ": " + count + " " + what + (names.isEmpty()
                ? ""
                : ", first " + names.subList(0, Math.min(NAMED_MAX, names.size()))));
        }
    }

    /** A sentence for each check that does not hold. */
    public List<String> failures()
    {
        return failures;
    }

    public long lost()
    {
        return lost;
    }

    public long duplicated()
    {
        return duplicated;
    }

    /** What is there and came from nowhere, or came otherwise. */
    public long invented()
    {
        return invented;
    }
}
