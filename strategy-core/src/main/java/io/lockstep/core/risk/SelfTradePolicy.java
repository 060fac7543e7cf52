package io.lockstep.core.risk;

/** What becomes of an order that could trade with older ones of ours, and of those; the code is the limit's value. */
public enum SelfTradePolicy
{
    /** The new one is refused. */
    REFUSE_NEW(1),
    /** The older ones are cancelled, and the new one is held until they are gone. */
    CANCEL_OLD(2),
    /** The older ones are cancelled, and the new one is refused. */
    CANCEL_BOTH(3);

    static final long CODE_MAX = 3;
    private static final SelfTradePolicy[] VALUES = values();

    private final long code;

    SelfTradePolicy(final long code)
    {
        this.code = code;
    }

    public long code()
    {
        return code;
    }

    /**
     * @throws IllegalArgumentException when there is none.
     */
    public static SelfTradePolicy of(final long code)
    {
        if (code < 1 || code > CODE_MAX)
        {
            throw new IllegalArgumentException("selfTrade=" + code + " expected from 1 to " + CODE_MAX);
        }
        return VALUES[(int)code - 1];
    }
}
