package io.lockstep.peers.exchange;

import exchange.core2.core.ExchangeApi;
import exchange.core2.core.ExchangeCore;
import exchange.core2.core.common.BalanceAdjustmentType;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.CoreWaitStrategy;
import exchange.core2.core.common.L2MarketData;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.api.binary.BatchAddSymbolsCommand;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.cmd.OrderCommandType;
import exchange.core2.core.common.config.ExchangeConfiguration;
import exchange.core2.core.common.config.InitialStateConfiguration;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.common.config.OrdersProcessingConfiguration;
import exchange.core2.core.common.config.PerformanceConfiguration;
import exchange.core2.core.common.config.ReportsQueriesConfiguration;
import exchange.core2.core.common.config.SerializationConfiguration;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import exchange.core2.core.processors.journaling.DiskSerializationProcessor;
import exchange.core2.core.processors.journaling.DiskSerializationProcessorConfiguration;
import io.lockstep.peers.Peer;
import io.lockstep.peers.PeerPlan;
import io.lockstep.peers.PeerRun;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Each event is a command of a maker, which adds and cancels orders in turn, but for each that is to be answered: it is an
 * order of a taker, immediate or cancel, that trades one lot. The answer is the taker's result, at the results' consumer. Ten
 * symbols in turn, books of 20 levels a side, risk engine on.
 */
public final class ExchangeCorePeer implements Peer
{
    private static final String EXCHANGE = "PEER";
    private static final int JOURNAL_BUFFER_LENGTH = 256 << 10;
    private static final int RING_CAPACITY = 16 << 10;
    private static final int SYMBOLS = 10;
    private static final int DEPTH = 20;
    private static final int BASE = 1;
    private static final int QUOTE = 2;
    private static final long MAKER = 1;
    private static final long TAKER = 2;
    private static final long PLENTY = 1L << 55;
    private static final long MID = 10_000;
    /** Never eaten up: each answered event takes one lot. */
    private static final long RESTING_LOTS = 1L << 32;
    private static final int ASKING = 1;

    private final Answers receiver;
    private final Path directory;
    private final CoreWaitStrategy waitStrategy;
    private final boolean isJournaled;
    private final int answerEvery;
    private final AtomicLong results = new AtomicLong();
    private ExchangeCore core;
    private ExchangeApi api;
    private long orderId;
    private long commands;
    private long addedOrderId;
    private int addedSymbol;

    private ExchangeCorePeer(final PeerPlan plan, final Path directory, final Answers receiver)
    {
        this.receiver = receiver;
        this.directory = directory;
        final String[] variant = plan.variant().split("\\+");
        waitStrategy = CoreWaitStrategy.valueOf(variant[0]);
        isJournaled = variant.length > 1;
        answerEvery = plan.answerEvery();
        start(InitialStateConfiguration.cleanStartJournaling(EXCHANGE));
        fill();
    }

    /**
     * @param args of a {@link PeerPlan}. A variant is a wait strategy, with {@code +journal} or without.
     */
    public static void main(final String[] args) throws IOException
    {
        PeerRun.run(args, ExchangeCorePeer::new);
    }

    private void start(final InitialStateConfiguration initialState)
    {
        core = ExchangeCore.builder()
            .resultsConsumer(this::onResult)
            .exchangeConfiguration(ExchangeConfiguration.builder()
                .ordersProcessingCfg(OrdersProcessingConfiguration.DEFAULT)
                .performanceCfg(PerformanceConfiguration.latencyPerformanceBuilder()
                    .ringBufferSize(RING_CAPACITY)
                    .threadFactory(Thread::new)
                    .waitStrategy(waitStrategy)
                    .orderBookFactory(OrderBookDirectImpl::new)
                    .build())
                .initStateCfg(initialState)
                .reportsQueriesCfg(ReportsQueriesConfiguration.DEFAULT)
                .loggingCfg(new LoggingConfiguration(EnumSet.noneOf(LoggingConfiguration.LoggingLevel.class)))
                .serializationCfg(SerializationConfiguration.builder()
                    .enableJournaling(isJournaled)
                    .serializationProcessorFactory((configuration) -> new DiskSerializationProcessor(
                        configuration, disk()))
                    .build())
                .build())
            .build();
        core.startup();
        api = core.getApi();
    }

    private DiskSerializationProcessorConfiguration disk()
    {
        final DiskSerializationProcessorConfiguration defaults = DiskSerializationProcessorConfiguration
            .createDefaultConfig();
        return DiskSerializationProcessorConfiguration.builder()
            .storageFolder(directory.toString())
            .snapshotLz4CompressorFactory(defaults.getSnapshotLz4CompressorFactory())
            .journalFileMaxSize(defaults.getJournalFileMaxSize())
            .journalBufferSize(JOURNAL_BUFFER_LENGTH)
            .journalBatchCompressThreshold(defaults.getJournalBatchCompressThreshold())
            .journalLz4CompressorFactory(defaults.getJournalLz4CompressorFactory())
            .build();
    }

    /** Symbols, accounts and books. */
    private void fill()
    {
        for (int symbol = 0; symbol < SYMBOLS; symbol++)
        {
            require(api.submitBinaryDataAsync(new BatchAddSymbolsCommand(CoreSymbolSpecification.builder()
                .symbolId(symbol).type(SymbolType.CURRENCY_EXCHANGE_PAIR).baseCurrency(BASE).quoteCurrency(QUOTE)
                .baseScaleK(1).quoteScaleK(1).makerFee(0).takerFee(0).build())).join());
        }
        for (final long uid : new long[]{MAKER, TAKER})
        {
            api.createUser(0, 0, 0, uid);
            api.balanceAdjustment(0, 0, 0, uid, 1, BASE, PLENTY, BalanceAdjustmentType.ADJUSTMENT);
            api.balanceAdjustment(0, 0, 0, uid, 2, QUOTE, PLENTY, BalanceAdjustmentType.ADJUSTMENT);
        }
        for (int symbol = 0; symbol < SYMBOLS; symbol++)
        {
            for (int level = 1; level <= DEPTH; level++)
            {
                place(symbol, MAKER, OrderAction.BID, MID - level, level == 1 ? RESTING_LOTS : 1, OrderType.GTC, 0);
                place(symbol, MAKER, OrderAction.ASK, MID + level, level == 1 ? RESTING_LOTS : 1, OrderType.GTC, 0);
            }
        }
        awaitResults();
    }

    private static void require(final CommandResultCode code)
    {
        if (code != CommandResultCode.SUCCESS)
        {
            throw new IllegalStateException("code=" + code + ": expected SUCCESS");
        }
    }

    private void place(
        final int symbol,
        final long uid,
        final OrderAction action,
        final long price,
        final long lots,
        final OrderType type,
        final long timestampNs)
    {
        commands++;
        api.placeNewOrder(0, 0, timestampNs, ++orderId, uid == TAKER ? ASKING : 0, price, price, lots, action, type,
            symbol, uid);
    }

    @Override
    public boolean offer(final long event, final boolean isAsking, final long intendedNs)
    {
        if (commands - results.getAcquire() >= RING_CAPACITY / 2)
        {
            return false;
        }
        final OrderAction action = (event / answerEvery & 1) == 0 ? OrderAction.BID : OrderAction.ASK;
        if (isAsking)
        {
            final long price = action == OrderAction.BID ? MID + 1 : MID - 1;
            place(symbol(event), TAKER, action, price, 1, OrderType.IOC, intendedNs);
        }
        else if (addedOrderId == 0)
        {
            addedSymbol = symbol(event);
            final long level = 2 + event % (DEPTH - 1);
            place(addedSymbol, MAKER, action, action == OrderAction.BID ? MID - level : MID + level, 1, OrderType.GTC,
                intendedNs);
            addedOrderId = orderId;
        }
        else
        {
            commands++;
            api.cancelOrder(0, 0, intendedNs, addedOrderId, addedSymbol, MAKER);
            addedOrderId = 0;
        }
        return true;
    }

    /** Not the number alone: then every answered event would be of the same symbol. */
    private int symbol(final long event)
    {
        return (int)((event + event / answerEvery) % SYMBOLS);
    }

    /** On the thread of the results. */
    private void onResult(final OrderCommand command, final long sequence)
    {
        // The others are of setting up.
        if (command.command == OrderCommandType.PLACE_ORDER || command.command == OrderCommandType.CANCEL_ORDER)
        {
            onOrderResult(command);
        }
    }

    private void onOrderResult(final OrderCommand command)
    {
        require(command.resultCode);
        if (command.userCookie == ASKING && command.uid == TAKER)
        {
            if (command.matcherEvent == null)
            {
                throw new IllegalStateException("orderId=" + command.orderId + ": expected a trade");
            }
            receiver.onAnswer(command.timestamp);
        }
        results.setRelease(results.getPlain() + 1);
    }

    private void awaitResults()
    {
        PeerRun.await("results of all commands", () -> results.getAcquire() == commands);
    }

    /** The answers come on the thread of the results. */
    @Override
    public void poll()
    {
    }

    @Override
    public long restart()
    {
        if (!isJournaled)
        {
            return 0;
        }
        awaitResults();
        core.shutdown();
        final long startNs = System.nanoTime();
        start(InitialStateConfiguration.lastKnownStateFromJournal(EXCHANGE, 0, 0));
        // A query: the first command that changes something would fail, for there is a journal of the same name already.
        final L2MarketData book = api.requestOrderBookAsync(0, DEPTH).join();
        if (book.askSize != DEPTH)
        {
            throw new IllegalStateException("askSize=" + book.askSize + ": expected " + DEPTH);
        }
        return System.nanoTime() - startNs;
    }

    /** The process ends. An exchange that was started from a journal cannot be shut down in order, having none to flush. */
    @Override
    public void close()
    {
    }
}
