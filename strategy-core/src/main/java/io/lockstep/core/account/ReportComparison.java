package io.lockstep.core.account;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.position.CountableRange;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.AccountReportDecoder;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.DifferenceKind;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes the reports of an account: writes down what they say, opens the account with the first complete one, and compares the
 * others. Differences go to the port in the account's own order: balances as they were first met with, then positions by
 * instrument. One thread; only an asset that is new allocates.
 */
final class ReportComparison
{
    private final Account account;
    private final UnsafeBuffer name = new UnsafeBuffer(0, 0);
    private final MutableInt128 amount = new MutableInt128();
    private long reports;
    private long reportsInFlight;
    private long unknownInstruments;
    private long unknownAssets;
    private long differences;
    /** Which report is being taken: counts within the process, and is no state. */
    private long report;

    ReportComparison(final Account account)
    {
        this.account = account;
    }

    long reports()
    {
        return reports;
    }

    long reportsInFlight()
    {
        return reportsInFlight;
    }

    long unknownInstruments()
    {
        return unknownInstruments;
    }

    long unknownAssets()
    {
        return unknownAssets;
    }

    long differences()
    {
        return differences;
    }

    void restore(
        final long newReports,
        final long newReportsInFlight,
        final long newUnknownInstruments,
        final long newUnknownAssets,
        final long newDifferences)
    {
        reports = newReports;
        reportsInFlight = newReportsInFlight;
        unknownInstruments = newUnknownInstruments;
        unknownAssets = newUnknownAssets;
        differences = newDifferences;
    }

    /** @return whether there is a difference that halts. */
    boolean take(final AccountReportDecoder decoder, final boolean isInFlight)
    {
        reports++;
        report++;
        final boolean isComplete = decoder.complete() == BooleanType.TRUE;
        readPositions(decoder);
        readBalances(decoder);
        if (isComplete)
        {
            reportTheOthers();
        }
        if (isInFlight)
        {
            reportsInFlight++;
            return false;
        }
        final long before = differences;
        if (account.isOpened())
        {
            compareBalances();
        }
        else if (isComplete)
        {
            account.open();
        }
        comparePositions();
        return differences != before && account.terms().haltOnDifference();
    }

    private void readPositions(final AccountReportDecoder decoder)
    {
        final AccountReportDecoder.PositionsDecoder positions = decoder.positions();
        while (positions.hasNext())
        {
            positions.next();
            final AccountInstrument instrument = account.instruments().get(positions.instrumentId());
            if (instrument == null)
            {
                unknownInstruments++;
            }
            else
            {
                read(positions, instrument);
            }
        }
    }

    private void read(final AccountReportDecoder.PositionsDecoder positions, final AccountInstrument instrument)
    {
        for (int i = 0; i < instrument.positionCount(); i++)
        {
            final AccountPosition position = instrument.positionAt(i);
            final long lots = lots(positions, position.kind());
            if (!CountableRange.hasLots(lots))
            {
                account.units().unreadable++;
                position.leaveOut(report);
            }
            else
            {
                position.report(lots, report);
            }
        }
    }

    /** Of an account in hedge mode, a venue that reports a net position alone has it on one side. */
    private static long lots(final AccountReportDecoder.PositionsDecoder positions, final DifferenceKind kind)
    {
        final long netLots = positions.netLots();
        return switch (kind)
        {
            case POSITION -> netLots;
            case LONG_POSITION -> positions.longLots() == AccountReportDecoder.PositionsDecoder.longLotsNullValue()
                ? Math.max(0, netLots)
                : positions.longLots();
            case SHORT_POSITION -> positions.shortLots() == AccountReportDecoder.PositionsDecoder.shortLotsNullValue()
                ? Math.max(0, -netLots)
                : positions.shortLots();
            case BALANCE, SBE_UNKNOWN, NULL_VAL -> throw new IllegalStateException("kind=" + kind);
        };
    }

    private void readBalances(final AccountReportDecoder decoder)
    {
        final AccountReportDecoder.BalancesDecoder balances = decoder.balances();
        while (balances.hasNext())
        {
            balances.next();
            read(balances);
        }
    }

    private void read(final AccountReportDecoder.BalancesDecoder balances)
    {
        final int known = account.balances().count();
        balances.wrapAsset(name);
        final AccountBalance balance = account.balances().findOrAdd(name, 0, name.capacity());
        if (balance == null || !isNumber(balances.amount().mantissa(), balances.amountHigh()))
        {
            account.units().unreadable++;
            return;
        }
        unknownAssets += account.balances().count() - known;
        amount.decode(balances.amount().mantissa(), balances.amountHigh());
        if (account.units().scale(amount, balances.amount().exponent()))
        {
            balance.report(amount, report);
        }
    }

    private static boolean isNumber(final long low, final long highOrNull)
    {
        return low != Nulls.NULL_LONG || highOrNull != Nulls.NULL_LONG;
    }

    /**
     * What a complete report does not name is 0; a cash account has its positions as balances. An asset without a name is one that no
     * report can name.
     */
    private void reportTheOthers()
    {
        amount.set(0);
        for (int i = 0; i < account.balances().count(); i++)
        {
            final AccountBalance balance = account.balances().at(i);
            if (balance.isNamed() && !balance.isNamedBy(report))
            {
                balance.report(amount, report);
            }
        }
        for (int id = 0; id < account.instruments().idEnd(); id++)
        {
            final AccountInstrument instrument = account.instruments().get(id);
            if (instrument != null && !(instrument.isDefined() && instrument.exchanges(account.terms().type())))
            {
                reportFlat(instrument);
            }
        }
    }

    private void reportFlat(final AccountInstrument instrument)
    {
        for (int i = 0; i < instrument.positionCount(); i++)
        {
            final AccountPosition position = instrument.positionAt(i);
            if (!position.isNamedBy(report) && !position.isLeftOutBy(report))
            {
                position.report(0, report);
            }
        }
    }

    private void compareBalances()
    {
        for (int i = 0; i < account.balances().count(); i++)
        {
            final AccountBalance balance = account.balances().at(i);
            if (balance.isNamedBy(report) && balance.compare() && balance.isBeyond(account.terms().balanceTolerance()))
            {
                balance.decide();
                differences++;
                account.port().onBalanceDifference(account.venueId(), balance, account.terms().haltOnDifference());
            }
        }
    }

    private void comparePositions()
    {
        for (int id = 0; id < account.instruments().idEnd(); id++)
        {
            final AccountInstrument instrument = account.instruments().get(id);
            for (int i = 0; instrument != null && i < instrument.positionCount(); i++)
            {
                compare(instrument.positionAt(i));
            }
        }
    }

    private void compare(final AccountPosition position)
    {
        if (position.isNamedBy(report) && position.compare(account.lots()) &&
            position.isBeyond(account.terms().positionToleranceLots()))
        {
            position.decide();
            differences++;
            account.port().onPositionDifference(account.venueId(), position.instrumentId(), position.kind(),
                position.engineLots(account.lots()), position.reportedLots(), account.terms().haltOnDifference());
        }
    }

    long chain(final long hash)
    {
        long chained = Xxh64.chain(hash, reports);
        chained = Xxh64.chain(chained, reportsInFlight);
        chained = Xxh64.chain(chained, unknownInstruments);
        chained = Xxh64.chain(chained, unknownAssets);
        return Xxh64.chain(chained, differences);
    }
}
