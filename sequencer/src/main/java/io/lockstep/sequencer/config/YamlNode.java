package io.lockstep.sequencer.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a YAML file as it is written, with its place. Two parts are the same only when they are one object.
 */
sealed interface YamlNode
{
    Place place();

    /** As people would write it on one line, for messages. */
    String written();

    /** A value in one line; what it means is for the reader to say. */
    final class Scalar implements YamlNode
    {
        private final Place place;
        private final String text;
        private final boolean isPlain;

        /**
         * @param isPlain whether it stands without quotes.
         */
        Scalar(final Place place, final String text, final boolean isPlain)
        {
            this.place = place;
            this.text = text;
            this.isPlain = isPlain;
        }

        @Override
        public Place place()
        {
            return place;
        }

        @Override
        public String written()
        {
            return text;
        }

        String text()
        {
            return text;
        }

        boolean isPlain()
        {
            return isPlain;
        }
    }

    /** A list. */
    final class Sequence implements YamlNode
    {
        private final Place place;
        private final List<YamlNode> elements = new ArrayList<>();

        Sequence(final Place place)
        {
            this.place = place;
        }

        @Override
        public Place place()
        {
            return place;
        }

        @Override
        public String written()
        {
            return "[" + String.join(", ", elements.stream().map(YamlNode::written).toList()) + "]";
        }

        List<YamlNode> elements()
        {
            return elements;
        }
    }

    /** A key's place and its value. */
    record Entry(Place keyPlace, YamlNode value)
    {
    }

    /** Keys and values, in their order. */
    final class Mapping implements YamlNode
    {
        private final Place place;
        private final Map<String, Entry> entryByKey = new LinkedHashMap<>();

        Mapping(final Place place)
        {
            this.place = place;
        }

        @Override
        public Place place()
        {
            return place;
        }

        @Override
        public String written()
        {
            final List<String> entries = new ArrayList<>();
            entryByKey.forEach((key, entry) -> entries.add(key + ": " +
                (SecretRule.looksSecret(key) ? "..." : entry.value().written())));
            return "{" + String.join(", ", entries) + "}";
        }

        Map<String, Entry> entryByKey()
        {
            return entryByKey;
        }
    }
}
