package io.lockstep.sequencer.ingress;

/**
 * Why a message that came over a link is not taken. The loop passes the constant on; the text is put together elsewhere.
 */
public enum MessageProblem
{
    TOO_LONG("longer than the journal takes, a quarter of journal.segmentSize or 16 MiB"),
    RECORD_LENGTH("record length differs from the length received"),
    RECORD_FORMAT("unknown record format"),
    SCHEMA_ID("unknown schema id"),
    SCHEMA_VERSION("schema version newer than this node's"),
    SOURCE_ID("source id out of range"),
    RECORD_KIND("record kind is neither input nor link"),
    TEMPLATE_ID("template id is no input"),
    MESSAGE_VERSION("schema version older than the message"),
    BLOCK_LENGTH("message shorter than its block"),
    GROUPS("message shorter than its groups"),
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
