package io.lockstep.sequencer.ingress;

/**
 * Why a message that came over a link is not taken. The loop passes the constant on; the text is put together elsewhere.
 */
public enum MessageProblem
{
    /** More bytes than one document of the journal holds. */
    TOO_LONG("longer than the journal takes, a quarter of journal.segmentSize or 16 MiB"),
    /** The record does not end where the message does. */
    RECORD_LENGTH("record length differs from the length received"),
    /** Another layout of the record's header. */
    RECORD_FORMAT("unknown record format"),
    /** Of another protocol. */
    SCHEMA_ID("unknown schema id"),
    /** Of a gateway that was built later than the node. */
    SCHEMA_VERSION("schema version newer than this node's"),
    /** The node's own id, or one beyond the table of sources. */
    SOURCE_ID("source id out of range"),
    /** A decision or a record of the journal's own. */
    RECORD_KIND("record kind is neither input nor link"),
    /** A message that no gateway may send. */
    TEMPLATE_ID("template id is no input"),
    /** The version that the header names has no such message. */
    MESSAGE_VERSION("schema version older than the message"),
    /** The fields of fixed length are not all there. */
    BLOCK_LENGTH("message shorter than its block"),
    /** A group or a text leaves the message. */
    GROUPS("message shorter than its groups"),
    /** Sent before the Hello that would let it in. */
    UNPROVEN("the source has not proven that it has its key");

    private final String text;

    MessageProblem(final String text)
    {
        this.text = text;
    }

    /** For people. */
    public String text()
    {
        return text;
    }
}
