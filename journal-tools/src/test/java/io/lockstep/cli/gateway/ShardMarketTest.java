package io.lockstep.cli.gateway;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.generator.GeneratorOptions;
import io.lockstep.gateways.generator.MarketGenerator;
import io.lockstep.sbe.ContractType;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** A generated market is the same however a node is divided: each shard plays its part of it. */
class ShardMarketTest
{
    private static final int INSTRUMENT_ID_AT = 8;
    private static final List<Instrument> MARKET = IntStream.range(0, 5).mapToObj((id) -> new Instrument(id, "S" + id,
        "TEST", ContractType.LINEAR, Increment.parse("0.01"), Increment.parse("1"), 1, 1, Increment.parse("1"), "B",
        "USDT", "USDT")).toList();

    /** One message, with its instrument by name and without its id. */
    private record Message(String instrument, long timeNs, boolean isEventEnd, List<Byte> bytes)
    {
        static Message of(final MarketSource source, final Map<Integer, String> nameById)
        {
            final DirectBuffer buffer = source.buffer();
            final int idAt = source.offset() + INSTRUMENT_ID_AT;
            final List<Byte> bytes = new ArrayList<>();
            for (int at = source.offset(); at < source.offset() + source.length(); at++)
            {
                if (at < idAt || at >= idAt + Integer.BYTES)
                {
                    bytes.add(buffer.getByte(at));
                }
            }
            return new Message(nameById.get(buffer.getInt(idAt, ByteOrder.LITTLE_ENDIAN)), source.timeNs(),
                source.isEventEnd(), bytes);
        }
    }

    private static MarketGenerator generator(final List<Instrument> instruments)
    {
        return new MarketGenerator(7, instruments, 5_000, 1_000_000, 1_000, GeneratorOptions.defaults());
    }

    private static List<Message> messages(final MarketSource source, final List<Instrument> instruments)
    {
        final Map<Integer, String> nameById = new HashMap<>();
        instruments.forEach((instrument) -> nameById.put(instrument.id(), instrument.name()));
        final List<Message> messages = new ArrayList<>();
        while (source.next())
        {
            messages.add(Message.of(source, nameById));
        }
        return messages;
    }

    /** With ids of its own, in another order than the market's. */
    private static List<Message> part(final String... names)
    {
        final Map<String, Instrument> own = new HashMap<>();
        for (int id = 0; id < names.length; id++)
        {
            own.put(names[id], MARKET.get(names[id].charAt(1) - '0').withId(id));
        }
        final List<Instrument> numbered = ShardMarket.numbered(MARKET, Set.of(names), own::get);
        return messages(ShardMarket.part(generator(numbered)), List.copyOf(own.values()));
    }

    private static List<Message> of(final List<Message> messages, final String... names)
    {
        return messages.stream().filter((message) -> List.of(names).contains(message.instrument)).toList();
    }

    @Test
    void shouldPlayEachMessageInOneShardAsItIsInTheWhole()
    {
        final List<Message> whole = messages(generator(MARKET), MARKET);
        final List<Message> first = part("S4.TEST", "S0.TEST");
        final List<Message> second = part("S1.TEST", "S3.TEST", "S2.TEST");

        assertThat(first).isEqualTo(of(whole, "S0.TEST", "S4.TEST"));
        assertThat(second).isEqualTo(of(whole, "S1.TEST", "S2.TEST", "S3.TEST"));
        assertThat(first.size() + second.size()).isEqualTo(whole.size());
        assertThat(first).isNotEmpty();
        assertThat(second).isNotEmpty();
    }
}
