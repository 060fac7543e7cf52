package io.lockstep.sequencer.config;

import io.lockstep.codecs.text.Nearest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a file while its sections are read: where each key stands, which have been read, and what they came to.
 */
final class YamlFile
{
    private final String name;
    private final Problems problems;
    private final Map<String, Place> placeByPath = new HashMap<>();
    private final Map<String, Setting> settingByPath = new LinkedHashMap<>();
    private final Map<YamlNode.Mapping, Set<String>> knownByMapping = new IdentityHashMap<>();
    private final Map<YamlNode.Mapping, String> pathByTaken = new IdentityHashMap<>();
    private final Set<YamlNode.Entry> read = Collections.newSetFromMap(new IdentityHashMap<>());

    YamlFile(final String name, final YamlNode.Mapping root, final Problems problems)
    {
        this.name = name;
        this.problems = problems;
        index("", root);
    }

    private void index(final String path, final YamlNode node)
    {
        if (node instanceof YamlNode.Mapping mapping)
        {
            mapping.entryByKey().forEach((key, entry) ->
            {
                final String child = path.isEmpty() ? key : path + "." + key;
                placeByPath.put(child, entry.keyPlace());
                index(child, entry.value());
            });
        }
        else if (node instanceof YamlNode.Sequence sequence)
        {
            for (int i = 0; i < sequence.elements().size(); i++)
            {
                final YamlNode element = sequence.elements().get(i);
                placeByPath.put(path + "[" + i + "]", element.place());
                index(path + "[" + i + "]", element);
            }
        }
    }

    Problems problems()
    {
        return problems;
    }

    /** Of the key, or of the nearest around it when it is not there. */
    Place place(final String path)
    {
        String known = path;
        while (!placeByPath.containsKey(known) && !known.isEmpty())
        {
            known = known.substring(0, Math.max(Math.max(known.lastIndexOf('.'), known.lastIndexOf('[')), 0));
        }
        return placeByPath.getOrDefault(known, Place.BEGIN);
    }

    String where(final String path)
    {
        final Place place = place(path);
        return name + ":" + place.line() + ":" + place.column();
    }

    void known(final YamlNode.Mapping mapping, final String key)
    {
        knownByMapping.computeIfAbsent(mapping, (any) -> new LinkedHashSet<>()).add(key);
    }

    void taken(final YamlNode.Mapping mapping, final String path)
    {
        pathByTaken.put(mapping, path);
    }

    void read(final YamlNode.Entry entry)
    {
        read.add(entry);
    }

    /** The first place is kept; what is read more than once is the same each time. */
    void set(final String path, final String value, final boolean isWritten)
    {
        settingByPath.put(path, new Setting(path, value, isWritten ? place(path) : null));
    }

    List<Setting> settings()
    {
        return List.copyOf(settingByPath.values());
    }

    void refuseUnknown()
    {
        new ArrayList<>(pathByTaken.entrySet()).forEach((taken) -> refuseUnknown(taken.getValue(), taken.getKey()));
    }

    void refuseUnknown(final String path, final YamlNode.Mapping mapping)
    {
        final Set<String> known = knownByMapping.getOrDefault(mapping, Set.of());
        mapping.entryByKey().forEach((key, entry) ->
        {
            if (read.add(entry))
            {
                refuse(path + key, entry.value().written(), "a known key" +
                    (known.isEmpty() ? "" : "; did you mean '" + Nearest.of(key, known) + "'?"));
            }
        });
    }

    void refuse(final String path, final String value, final String expected)
    {
        final Place place = place(path);
        problems.add(new ConfigurationProblem(name, place.line(), place.column(), path,
            YamlTree.shown(path) + "=" + YamlTree.shown(value) + ": expected " + expected));
    }
}
