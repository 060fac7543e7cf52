package io.lockstep.cli.output;

import io.lockstep.core.TradingCore;
import io.lockstep.core.instance.Instances;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.signal.SignalWindow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose signals a core has answered, up to which, and how many each of its models has taken.
 */
public final class SignalPicture
{
    private final TradingCore core;

    public SignalPicture(final TradingCore core)
    {
        this.core = core;
    }

    /** Under the key {@code signals} of a JSON object. */
    public void putInto(final Map<String, Object> values)
    {
        final Map<String, Object> signals = new LinkedHashMap<>();
        signals.put("clients", clients());
        signals.put("models", models());
        values.put("signals", signals);
    }

    /** In the order in which they have sent their first. */
    private List<Map<String, Object>> clients()
    {
        final List<Map<String, Object>> clients = new ArrayList<>();
        for (int i = 0; i < core.signalClients().count(); i++)
        {
            final SignalWindow window = core.signalClients().get(i);
            final Map<String, Object> client = new LinkedHashMap<>();
            client.put("name", window.name());
            client.put("epoch", window.epoch());
            client.put("rememberedFrom", window.lowestCounter());
            client.put("rememberedTo", window.highestCounter());
            client.put("answered", window.answered());
            client.put("refusedAgain", window.refusedAgain());
            clients.add(client);
        }
        return clients;
    }

    /** The instances that take signals, by id. */
    private List<Map<String, Object>> models()
    {
        final List<Map<String, Object>> models = new ArrayList<>();
        final Instances instances = core.instances();
        for (int id = StrategyInstance.NOBODY + 1; id < instances.count(); id++)
        {
            final StrategyInstance instance = instances.find(id);
            if (instance.isPresent() && instances.takesSignals(instance))
            {
                final Map<String, Object> model = new LinkedHashMap<>();
                model.put("name", instance.name());
                model.put("weight", instance.weight().toString());
                model.put("taken", instance.signals().taken());
                model.put("refused", instance.signals().refused());
                models.add(model);
            }
        }
        return models;
    }
}
