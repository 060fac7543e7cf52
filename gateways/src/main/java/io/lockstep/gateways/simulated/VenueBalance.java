package io.lockstep.gateways.simulated;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** An asset of the venue's account, in 10^{@value #EXPONENT} of it. No allocation but where it is made and booked. */
final class VenueBalance
{
    static final int EXPONENT = -18;

    private final String asset;
    private final byte[] bytes;
    /** Opening balance and entries; what fills have made of it is in the ledgers. */
    private final MutableInt128 booked = new MutableInt128();
    private final MutableInt128 total = new MutableInt128();
    private final MutableInt128 part = new MutableInt128();

    VenueBalance(final String asset)
    {
        this.asset = asset;
        bytes = asset.getBytes(StandardCharsets.UTF_8);
    }

    String asset()
    {
        return asset;
    }

    byte[] bytes()
    {
        return bytes;
    }

    /** @throws ArithmeticException when it is finer than the unit, or does not fit. */
    void book(final BigDecimal amount)
    {
        booked.add(MutableInt128.of(amount.movePointRight(-EXPONENT).toBigIntegerExact()));
    }

    void beginTotal()
    {
        total.set(booked);
    }

    /** So many 10^exponent, rounded towards minus infinity. */
    void addToTotal(final Int128 amount, final int exponent)
    {
        part.set(amount);
        total.add(exponent < EXPONENT
            ? part.divideFloorByPowerOfTen(EXPONENT - exponent)
            : part.multiplyByPowerOfTen(exponent - EXPONENT));
    }

    Int128 total()
    {
        return total;
    }
}
