package io.lockstep.journal.state;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.RecordBatch;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.journal.decode.RecordDecoder;
import io.lockstep.journal.read.JournalMeanings;
import io.lockstep.journal.text.RecordText;
import io.lockstep.sbe.RecordKind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The sections of a core's state, one after another as they would be saved. Making it parses the schemas, which takes a while; one
 * thread, allocates freely.
 */
public final class StateSections
{
    private final RecordDecoder decoder = new RecordDecoder();
    private final CoreHost host;
    private final RecordText text;

    public StateSections(final CoreHost host)
    {
        this.host = host;
        text = new RecordText(JournalMeanings.of(host.core()));
    }

    /** Ids of the instruments that are defined, by name. */
    public Map<String, Integer> idByInstrument()
    {
        final TradingCore core = host.core();
        final Map<String, Integer> idByName = new TreeMap<>();
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            final Instrument defined = core.instrument(id);
            idByName.put(defined.name(), id);
        }
        return idByName;
    }

    /**
     * Decimals with their unit and names, without the raw values.
     *
     * @param instrumentId only what concerns it; empty for all.
     */
    public List<Map<String, Object>> readable(final OptionalInt instrumentId)
    {
        return sections(instrumentId, text::readable);
    }

    /** As {@link #readable}, with the raw values too. */
    public List<Map<String, Object>> explained(final OptionalInt instrumentId)
    {
        return sections(instrumentId, text::explainedMessage);
    }

    private List<Map<String, Object>> sections(
        final OptionalInt instrumentId, final UnaryOperator<Map<String, Object>> words)
    {
        final List<Map<String, Object>> sections = new ArrayList<>();
        final RecordBatch record = new RecordBatch();
        host.save((message, offset, length) ->
        {
            record.clear();
            record.addMessage(RecordKind.SNAPSHOT, message, offset, length);
            final Map<String, Object> decoded = decoder.decode(record.buffer(), 0);
            @SuppressWarnings("unchecked")
            final Map<String, Object> content = (Map<String, Object>)decoded.get("message");
            if (instrumentId.isEmpty() || Long.valueOf(instrumentId.getAsInt()).equals(content.get("instrumentId")))
            {
                final Map<String, Object> section = new LinkedHashMap<>();
                section.put("section", decoded.get("template"));
                section.putAll(words.apply(content));
                sections.add(section);
            }
        });
        return sections;
    }
}
