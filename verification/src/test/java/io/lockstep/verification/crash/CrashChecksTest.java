package io.lockstep.verification.crash;

import io.lockstep.cli.CommandRun;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RequestExpiredEncoder;
import io.lockstep.verification.crash.audit.CrashChecks;
import io.lockstep.verification.crash.audit.JournalContents;
import io.lockstep.verification.crash.audit.Ledger;
import io.lockstep.verification.crash.audit.Ledger.Account;
import io.lockstep.verification.crash.audit.Ledger.OpenOrder;
import io.lockstep.verification.crash.audit.VenueRecord;
import io.lockstep.verification.replay.JournalRewriter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** Each check holds on what a good run left, and finds its own fault when one is planted. */
class CrashChecksTest
{
    @TempDir
    private static Path directory;
    private static Path node;
    private static CrashTestLeavings leavings;

    private final CrashChecks checks = new CrashChecks();

    @BeforeAll
    static void makeJournal()
    {
        node = directory.resolve("node");
        CommandRun.of("crash-test", "--kills", 1, "--seed", 1, "--dir", node, "--json").exits(0);
        leavings = new CrashTestLeavings(node);
    }

    private void finds(final long lost, final long duplicated, final long invented, final String sentence)
    {
        assertThat(checks.failures()).anySatisfy((failure) -> assertThat(failure).contains(sentence));
        assertThat(checks.lost()).as("lost").isEqualTo(lost);
        assertThat(checks.duplicated()).as("duplicated").isEqualTo(duplicated);
        assertThat(checks.invented()).as("invented").isEqualTo(invented);
    }

    /** A message of the journal, copied. */
    private static final class Message
    {
        private final UnsafeBuffer buffer;
        private final long sequence;

        private Message(final UnsafeBuffer buffer, final long sequence)
        {
            this.buffer = buffer;
            this.sequence = sequence;
        }
    }

    private static Message first(final RecordKind kind, final int templateId, final ExecType execType)
    {
        final Message[] found = new Message[1];
        final ExecutionReportDecoder report = new ExecutionReportDecoder();
        leavings.forEach((buffer, offset) ->
        {
            final int message = offset + RecordDescriptor.HEADER_LENGTH;
            if (found[0] == null && RecordDescriptor.kind(buffer, offset) == kind.value() &&
                RecordDescriptor.templateId(buffer, offset) == templateId && (execType == null ||
                    report.wrapAndApplyHeader(buffer, message, new MessageHeaderDecoder()).execType() == execType))
            {
                final byte[] bytes = new byte[RecordDescriptor.recordLength(buffer, offset) -
                    RecordDescriptor.HEADER_LENGTH];
                buffer.getBytes(message, bytes);
                found[0] = new Message(new UnsafeBuffer(bytes), RecordDescriptor.sequence(buffer, offset));
            }
        });
        assertThat(found[0]).as("templateId=" + templateId + " execType=" + execType).isNotNull();
        return found[0];
    }

    private static Message order()
    {
        return first(RecordKind.DECISION, NewOrderSingleDecoder.TEMPLATE_ID, null);
    }

    private static Message report(final ExecType execType)
    {
        return first(RecordKind.INPUT, ExecutionReportDecoder.TEMPLATE_ID, execType);
    }

    private static void ask(final VenueRecord venue, final Message message)
    {
        venue.onRequest(message.buffer, 0, message.buffer.capacity());
    }

    private static void answer(final VenueRecord venue, final Message message)
    {
        venue.onReport(message.buffer, 0, message.buffer.capacity());
    }

    private static Message withExecId(final Message report, final long execId)
    {
        report.buffer.putLong(
            MessageHeaderEncoder.ENCODED_LENGTH + ExecutionReportEncoder.execIdEncodingOffset(), execId);
        return report;
    }

    @Test
    void allHoldOnAGoodRun()
    {
        final JournalContents journal = leavings.journal();
        final VenueRecord venue = leavings.venueRecord();
        final Ledger engine = leavings.engine();
        checks.market(journal);
        checks.requests(journal, venue, 0);
        checks.reports(journal, venue, engine);
        assertThat(checks.ledgers(engine, engine, engine.openOrders().size())).isTrue();
        checks.require(true, "never said");
        assertThat(checks.failures()).isEmpty();
        assertThat(venue.openOrders()).containsExactlyInAnyOrderElementsOf(engine.openOrders().values());
        assertThat(journal.requests()).isNotEmpty();
        assertThat(journal.reports()).isNotEmpty();
        assertThat(engine.openOrders()).isNotEmpty();
    }

    @Test
    void marketThatWentOn()
    {
        final long events = leavings.settings().generator().events();
        checks.market(CrashTestLeavings.journal(node, leavings.market(1, events + 5)));
        assertThat(checks.lost()).isGreaterThanOrEqualTo(5);
        finds(checks.lost(), 0, 0, "messages of the market are not in the journal");
    }

    @Test
    void marketThatWasAnother()
    {
        checks.market(CrashTestLeavings.journal(node, leavings.market(2, leavings.settings().generator().events())));
        assertThat(checks.invented()).isPositive();
        assertThat(checks.failures()).anySatisfy((failure) -> assertThat(failure).contains("in the journal otherwise"));
    }

    @Test
    void marketMessageTakenTwice()
    {
        final long[] count = new long[1];
        final Path changed = JournalRewriter.copy(node, directory.resolve("repeated"), (buffer, offset) ->
        {
            if (RecordDescriptor.templateId(buffer, offset) == BookUpdateDecoder.TEMPLATE_ID && ++count[0] == 9)
            {
                RecordDescriptor.sourceSequence(
                    buffer, offset, RecordDescriptor.sourceSequence(buffer, offset) - 1);
            }
            return true;
        });
        checks.market(CrashTestLeavings.journal(
            changed, leavings.market(1, leavings.settings().generator().events())));
        // Its own place is empty then.
        finds(1, 1, 0, "messages of the market are in the journal again");
    }

    @Test
    void requestThatNeverReachedTheVenue()
    {
        final long sequence = order().sequence;
        checks.requests(leavings.journal(), leavings.venueRecord((kept) -> kept != sequence), 0);
        assertThat(checks.lost()).isPositive();
        finds(checks.lost(), 0, 0, "requests in the journal did not reach the venue");
    }

    @Test
    void requestThatTheJournalLost()
    {
        final long sequence = order().sequence;
        final Path changed = JournalRewriter.copy(node, directory.resolve("lost-request"),
            (buffer, offset) -> RecordDescriptor.kind(buffer, offset) != RecordKind.DECISION.value() ||
                RecordDescriptor.sequence(buffer, offset) != sequence);
        checks.requests(CrashTestLeavings.journal(changed, leavings.market(1, 1)), leavings.venueRecord(), 0);
        assertThat(checks.invented()).isPositive();
        finds(0, 0, checks.invented(), "requests reached the venue that are not in the journal");
    }

    @Test
    void requestThatCameAgain()
    {
        final VenueRecord venue = leavings.venueRecord();
        ask(venue, order());
        checks.requests(leavings.journal(), venue, 1);
        assertThat(checks.failures()).isEmpty();
        checks.requests(leavings.journal(), venue, 0);
        finds(0, 1, 0, "requests came to the venue again and were not ignored");
    }

    @Test
    void requestThatCameAgainAsAnother()
    {
        final VenueRecord venue = leavings.venueRecord();
        final Message order = order();
        final int quantity = MessageHeaderDecoder.ENCODED_LENGTH + NewOrderSingleDecoder.orderQtyLotsEncodingOffset();
        order.buffer.putLong(quantity, order.buffer.getLong(quantity) + 1);
        ask(venue, order);
        checks.requests(leavings.journal(), venue, 0);
        finds(0, 1, 0, "requests came to the venue again with other content");
    }

    @Test
    void orderThatIsHeldTwice()
    {
        final VenueRecord venue = leavings.venueRecord();
        answer(venue, withExecId(report(ExecType.NEW), Long.MAX_VALUE));
        checks.requests(leavings.journal(), venue, 0);
        finds(0, 1, 0, "orders are held by the venue more than once");
    }

    @Test
    void requestThatExpiredAndIsThereAllTheSame()
    {
        final long[] egressSequence = new long[1];
        leavings.forEach((buffer, offset) ->
        {
            if (egressSequence[0] == 0
                && RecordDescriptor.templateId(buffer, offset) == NewOrderSingleDecoder.TEMPLATE_ID)
            {
                egressSequence[0] = RecordDescriptor.sourceSequence(buffer, offset);
            }
        });
        final long[] count = new long[1];
        final Path changed = JournalRewriter.copy(node, directory.resolve("expired"), (buffer, offset) ->
        {
            // A long enough market message becomes another input.
            if (RecordDescriptor.templateId(buffer, offset) == BookUpdateDecoder.TEMPLATE_ID && count[0] == 0 &&
                RecordDescriptor.recordLength(buffer, offset) >= RecordDescriptor.BODY_OFFSET +
                    RequestExpiredEncoder.BLOCK_LENGTH)
            {
                count[0]++;
                new RequestExpiredEncoder().wrapAndApplyHeader(
                    buffer, offset + RecordDescriptor.HEADER_LENGTH, new MessageHeaderEncoder())
                    .egressSequence(egressSequence[0]);
            }
            return true;
        });
        assertThat(count[0]).isEqualTo(1);
        final JournalContents journal = CrashTestLeavings.journal(changed, leavings.market(1, 1));
        checks.requests(journal, leavings.venueRecord(), 0);
        finds(0, 0, 1, "requests reached the venue after they had expired");

        final CrashChecks withdrawn = new CrashChecks();
        final long sequence = order().sequence;
        withdrawn.requests(journal, leavings.venueRecord((kept) -> kept != sequence), 0);
        final CrashChecks notExpired = new CrashChecks();
        notExpired.requests(leavings.journal(), leavings.venueRecord((kept) -> kept != sequence), 0);
        assertThat(withdrawn.lost()).isEqualTo(notExpired.lost() - 1);
    }

    @Test
    void answerThatIsNotInTheJournal()
    {
        final VenueRecord venue = leavings.venueRecord();
        answer(venue, withExecId(report(ExecType.TRADE), Long.MAX_VALUE));
        checks.reports(leavings.journal(), venue, leavings.engine());
        finds(1, 0, 0, "answers of the venue are not in the journal, first [execId=" + Long.MAX_VALUE);
    }

    @Test
    void refusalOfACancelThatIsNotInTheJournal()
    {
        final VenueRecord venue = leavings.venueRecord();
        final Message reject = first(RecordKind.INPUT, OrderCancelRejectDecoder.TEMPLATE_ID, null);
        reject.buffer.putByte(MessageHeaderDecoder.ENCODED_LENGTH, (byte)'Z');
        answer(venue, reject);
        checks.reports(leavings.journal(), venue, leavings.engine());
        finds(1, 0, 0, "answers of the venue are not in the journal, first [reject of Z");
    }

    @Test
    void answerThatTheVenueNeverGave()
    {
        final long sequence = report(ExecType.TRADE).sequence;
        checks.reports(
            leavings.journal(), leavings.venueRecord((kept) -> kept != sequence), leavings.engine());
        finds(0, 0, 1, "answers in the journal are not the venue's");
    }

    @Test
    void answerThatIsOtherInTheJournal()
    {
        final Message trade = report(ExecType.TRADE);
        final Path changed = JournalRewriter.copy(node, directory.resolve("other-report"), (buffer, offset) ->
        {
            if (RecordDescriptor.kind(buffer, offset) == RecordKind.INPUT.value() &&
                RecordDescriptor.sequence(buffer, offset) == trade.sequence)
            {
                final int price = offset + RecordDescriptor.BODY_OFFSET +
                    ExecutionReportDecoder.lastPxTicksEncodingOffset();
                buffer.putLong(price, buffer.getLong(price) + 1);
            }
            return true;
        });
        checks.reports(CrashTestLeavings.journal(changed, leavings.market(1, 1)), leavings.venueRecord(),
            leavings.engine());
        finds(0, 0, 1, "answers of the venue are in the journal otherwise");
    }

    @Test
    void inputOfTheVenueTakenTwice()
    {
        final long sequence = report(ExecType.TRADE).sequence;
        final Path changed = JournalRewriter.copy(node, directory.resolve("repeated-report"), (buffer, offset) ->
        {
            if (RecordDescriptor.kind(buffer, offset) == RecordKind.INPUT.value() &&
                RecordDescriptor.sequence(buffer, offset) == sequence)
            {
                RecordDescriptor.sourceSequence(buffer, offset, 1);
            }
            return true;
        });
        checks.reports(CrashTestLeavings.journal(changed, leavings.market(1, 1)), leavings.venueRecord(),
            leavings.engine());
        finds(0, 1, 0, "inputs from the venue are in the journal again");
    }

    private static Ledger withFills(final Ledger ledger, final long more)
    {
        final SortedMap<Integer, Account> accounts = new TreeMap<>(ledger.accountByInstrument());
        accounts.computeIfPresent(accounts.firstKey(), (id, account) -> new Account(
            account.positionLots(), account.cash(), account.fees(), account.fills() + more));
        return new Ledger(accounts, ledger.openOrders());
    }

    @Test
    void fillAppliedTwiceOrNotAtAll()
    {
        checks.reports(leavings.journal(), leavings.venueRecord(), withFills(leavings.engine(), 1));
        finds(0, 1, 0, "fills were applied more than once");
        final CrashChecks other = new CrashChecks();
        other.reports(leavings.journal(), leavings.venueRecord(), withFills(leavings.engine(), -1));
        assertThat(other.lost()).isEqualTo(1);
        assertThat(other.failures()).anySatisfy((failure) -> assertThat(failure).contains("were not applied"));
    }

    @Test
    void accountsThatDiffer()
    {
        final Ledger engine = leavings.engine();
        final Account account = engine.accountByInstrument().get(0);
        for (final Account other : new Account[]{
            new Account(account.positionLots() + 1, account.cash(), account.fees(), account.fills()),
            new Account(account.positionLots(), account.cash().add(BigInteger.ONE), account.fees(), account.fills()),
            new Account(account.positionLots(), account.cash(), account.fees().add(BigInteger.ONE), account.fills()),
            new Account(account.positionLots(), account.cash(), account.fees(), account.fills() + 1), null})
        {
            final SortedMap<Integer, Account> accounts = new TreeMap<>(engine.accountByInstrument());
            accounts.put(0, other);
            assertThat(new CrashChecks().ledgers(
                engine, new Ledger(accounts, engine.openOrders()), engine.openOrders().size())).isFalse();
        }
    }

    @Test
    void openOrdersThatDiffer()
    {
        final Ledger engine = leavings.engine();
        final int count = engine.openOrders().size();
        final SortedMap<String, OpenOrder> fewer = new TreeMap<>(engine.openOrders());
        final OpenOrder gone = fewer.remove(fewer.firstKey());
        assertThat(checks.ledgers(engine, new Ledger(engine.accountByInstrument(), fewer), count - 1)).isFalse();
        assertThat(checks.failures()).anySatisfy(
            (failure) -> assertThat(failure).contains("open order " + gone.clOrdId()).endsWith("venue=null"));

        fewer.put(gone.clOrdId(), new OpenOrder(
            gone.clOrdId(), gone.instrumentId(), gone.side(), gone.leavesLots() + 1, gone.filledLots()));
        assertThat(new CrashChecks().ledgers(engine, new Ledger(engine.accountByInstrument(), fewer), count)).isFalse();

        final CrashChecks counted = new CrashChecks();
        assertThat(counted.ledgers(engine, engine, count + 1)).isFalse();
        assertThat(counted.failures()).containsExactly("ledger: orders open at the venue: by its reports " + count +
            ", by its count " + (count + 1));
    }
}
