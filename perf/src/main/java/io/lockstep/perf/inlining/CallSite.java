package io.lockstep.perf.inlining;

/**
 * A call that is still a call in compiled code.
 *
 * @param caller    the method it is in, which may itself be inlined.
 * @param bci       where in the caller.
 * @param callee    what is called; of a virtual call, by the type it is called through.
 * @param frequency calls for each execution of the method that was compiled.
 * @param reason    why it was not inlined, in the compiler's words.
 */
record CallSite(String caller, int bci, String callee, double frequency, Kind kind, String reason)
{
    /** How the target is found. */
    enum Kind
    {
        /** It is known. */
        DIRECT,
        /** The likely targets are inlined, or called directly, behind a test of the type; only another one is looked up. */
        GUARDED,
        /** Every call looks its target up in a table. */
        VIRTUAL
    }

    boolean isVirtual()
    {
        return kind == Kind.VIRTUAL;
    }
}
