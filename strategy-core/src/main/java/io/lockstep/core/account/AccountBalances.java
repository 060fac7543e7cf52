package io.lockstep.core.account;

import io.lockstep.codecs.NameRule;
import io.lockstep.codecs.Xxh64;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Arrays;

/**
 * The balances of an account, in the order in which their assets were first met with, found by the name's bytes: open
 * addressing, never more than half full. At most {@value #CAPACITY} assets. Only a new asset allocates.
 */
final class AccountBalances
{
    static final int CAPACITY = 4_096;
    private static final int NO_SEED = 0;
    private static final int FIRST_SLOTS = 32;

    private AccountBalance[] balances = new AccountBalance[FIRST_SLOTS / 2];
    private AccountBalance[] slots = new AccountBalance[FIRST_SLOTS];
    private int count;

    int count()
    {
        return count;
    }

    AccountBalance at(final int index)
    {
        return balances[index];
    }

    /** The balance of the asset, or null when there is none. */
    AccountBalance find(final DirectBuffer name, final int offset, final int length)
    {
        return slots[slot(name, offset, length, Xxh64.hash(name, offset, length, NO_SEED))];
    }

    /** The balance of the asset, a new one when there is none; null when it is no name, or there is no room. */
    AccountBalance findOrAdd(final DirectBuffer name, final int offset, final int length)
    {
        return length == 0 ? null : findOrAddDefined(name, offset, length);
    }

    /** As {@link #findOrAdd}, also of the asset without a name: that of instruments whose definition names no currency. */
    AccountBalance findOrAddDefined(final DirectBuffer name, final int offset, final int length)
    {
        if (length > NameRule.BYTES_MAX)
        {
            return null;
        }
        final long hash = Xxh64.hash(name, offset, length, NO_SEED);
        final AccountBalance found = slots[slot(name, offset, length, hash)];
        return found == null && count < CAPACITY ? add(name, offset, length, hash) : found;
    }

    /** The balance of an asset that a definition names. */
    AccountBalance findOrAdd(final String asset)
    {
        final UnsafeBuffer name = new UnsafeBuffer(new byte[4 * asset.length()]);
        final int length = name.putStringWithoutLengthUtf8(0, asset);
        final AccountBalance balance = findOrAddDefined(name, 0, length);
        if (balance == null)
        {
            throw new IllegalArgumentException("no room for the asset: asset=" + asset + " assets=" + count + " most=" +
                CAPACITY);
        }
        return balance;
    }

    private AccountBalance add(final DirectBuffer name, final int offset, final int length, final long hash)
    {
        final byte[] bytes = new byte[length];
        name.getBytes(offset, bytes);
        final AccountBalance balance = new AccountBalance(bytes, name.getStringWithoutLengthUtf8(offset, length), hash);
        if (count == balances.length)
        {
            balances = Arrays.copyOf(balances, 2 * count);
            rehash();
        }
        balances[count++] = balance;
        slots[slot(name, offset, length, hash)] = balance;
        return balance;
    }

    private void rehash()
    {
        slots = new AccountBalance[2 * slots.length];
        for (int i = 0; i < count; i++)
        {
            int slot = home(balances[i].nameHash());
            while (slots[slot] != null)
            {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = balances[i];
        }
    }

    /** Where the asset is, or else where it would go. */
    private int slot(final DirectBuffer name, final int offset, final int length, final long hash)
    {
        int slot = home(hash);
        while (slots[slot] != null && !hasName(slots[slot], name, offset, length, hash))
        {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private int home(final long hash)
    {
        return (int)hash & slots.length - 1;
    }

    private static boolean hasName(
        final AccountBalance balance, final DirectBuffer name, final int offset, final int length, final long hash)
    {
        final byte[] bytes = balance.assetBytes();
        if (balance.nameHash() != hash || bytes.length != length)
        {
            return false;
        }
        for (int i = 0; i < length; i++)
        {
            if (bytes[i] != name.getByte(offset + i))
            {
                return false;
            }
        }
        return true;
    }

    long chain(final long hash)
    {
        long chained = Xxh64.chain(hash, count);
        for (int i = 0; i < count; i++)
        {
            chained = balances[i].chain(chained);
        }
        return chained;
    }
}
