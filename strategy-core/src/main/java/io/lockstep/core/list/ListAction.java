package io.lockstep.core.list;

/** What a list wants next. */
public enum ListAction
{
    /** Nothing, until something happens to one of its orders. */
    NONE,
    /** A held order is to be let out, with the quantity given. */
    RELEASE,
    /** A held order is to have the quantity given. */
    RESIZE,
    /** An order at the venue is to have the total quantity given. */
    REPLACE,
    /** An order is to be gone. */
    CANCEL,
    /** All of its orders are over, and so is the list. */
    END
}
