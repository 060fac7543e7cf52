package io.lockstep.codecs;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;

/** The pages of docs/reference that say what is in the schemas. */
final class ReferenceText
{
    private static final String GENERATED = """
        <!-- Made from codecs/src/main/resources/sbe by ReferenceTextTest. To make it anew:
             mvn -B -pl codecs test -Dtest=ReferenceTextTest -Dlockstep.reference=write -->
        """;
    /** Its messages are for the node alone. */
    private static final String SNAPSHOTS = "snapshot.xml";
    /** Enums that say why, by the page's heading, with what shows them. */
    private static final Map<String, String> REASONS = new LinkedHashMap<>();

    static
    {
        REASONS.put("RiskReason",
            "In `OrderRefused`; counted as `refusals` by `backtest`, `demo` and `stat`. Checks are made in " +
                "order, and the first that fails is the reason.");
        REASONS.put("OrdRejReason",
            "In `ExecutionReport` with `execType=REJECTED`, counted as `venueRefusals`, and in " +
                "`OrderCancelReject`, counted as `requestRefusals`.");
        REASONS.put("CommandReason",
            "In `CommandResult`: what became of an input of the configuration's or an operator's.");
        REASONS.put("OrderReason", "In `NewOrderSingle`, `OrderCancelRequest`, `OrderCancelReplaceRequest` and " +
            "`StateTransition`.");
        REASONS.put("FeedReason",
            "In `FeedStatus`, which a gateway sends, and in `MarketCondition`, the core's own judgement.");
        REASONS.put("ReconciliationKind", "In `ReconciliationDifference`, after a start.");
        REASONS.put("AlertType", "In `OperationalAlert`.");
        REASONS.put("TradingMode", "In `SetTradingMode` and `OperationalAlert`.");
    }

    private final Map<String, Element> enumByName = new LinkedHashMap<>();
    private final List<Element> schemas = new ArrayList<>();

    ReferenceText() throws Exception
    {
        final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setXIncludeAware(true);
        for (final String file : SchemaModel.FILES)
        {
            final Document document = factory.newDocumentBuilder()
                .parse(ReferenceText.class.getResource("/sbe/" + file).toString());
            if (!SNAPSHOTS.equals(file))
            {
                schemas.add(document.getDocumentElement());
            }
            collectEnums(document.getDocumentElement());
        }
    }

    private void collectEnums(final Element parent)
    {
        children(parent, "types").forEach(this::collectEnums);
        children(parent, "enum").forEach((element) -> enumByName.put(element.getAttribute("name"), element));
    }

    String reasons()
    {
        final StringBuilder text = new StringBuilder(GENERATED).append(
            """
                # Reasons

                For whoever reads a journal, `stat` or the result of a backtest: what each reason means. The numbers are the codes in
                the messages. [units.md](units.md) says in which units limits and values are.
                """);
        REASONS.forEach((name, where) ->
        {
            final Element element = enumByName.get(name);
            text.append("\n## ").append(name).append("\n\n");
            if (element.hasAttribute("description"))
            {
                text.append(cell(element.getAttribute("description"))).append(". ");
            }
            text.append(where).append("\n\n| code | name | meaning |\n|---|---|---|\n");
            for (final Element value : children(element, "validValue"))
            {
                text.append("| ").append(value.getTextContent().trim()).append(" | `")
                    .append(value.getAttribute("name"))
                    .append("` | ").append(cell(value.getAttribute("description"))).append(" |\n");
            }
        });
        return text.toString();
    }

    String messages()
    {
        final StringBuilder text = new StringBuilder(GENERATED).append(
            """
                # Messages

                For whoever reads a journal or writes a gateway: every message by its template id. A journal record is a header, then one
                of these (`RecordLayout`, at the end of the journal's own). Field types are those of
                [SBE](https://github.com/aeron-io/simple-binary-encoding); an optional field without a value is null. `--where` and
                `--format json` of `journal print` use these names. [units.md](units.md) explains ticks, lots and times,
                [reasons.md](reasons.md) the reasons. Sections of snapshots, from 100 on, are in `snapshot.xml`: only nodes read them.
                """);
        for (final Element schema : schemas)
        {
            text.append("\n## ").append(schema.getAttribute("description").replace("Lockstep ", "")).append('\n');
            children(schema, "message").forEach((message) -> append(text, message));
        }
        return text.toString();
    }

    private static void append(final StringBuilder text, final Element message)
    {
        text.append("\n### ").append(message.getAttribute("id")).append(' ').append(message.getAttribute("name"))
            .append("\n\n").append(direction(message));
        if (message.hasAttribute("description"))
        {
            text.append(": ").append(withoutDirection(cell(message.getAttribute("description"))));
        }
        text.append(".\n");
        if (!children(message, null).isEmpty())
        {
            text.append("\n| field | type | meaning |\n|---|---|---|\n");
            append(text, "", message);
        }
    }

    private static void append(final StringBuilder text, final String prefix, final Element parent)
    {
        for (final Element field : children(parent, null))
        {
            final String name = prefix + field.getAttribute("name");
            final boolean isGroup = "group".equals(field.getLocalName());
            text.append("| `").append(name).append("` | ")
                .append(isGroup ? "group" : field.getAttribute("type"))
                .append("optional".equals(field.getAttribute("presence")) ? ", optional" : "")
                .append(field.hasAttribute("sinceVersion")
                    ? ", since version " + field.getAttribute("sinceVersion")
                    : "")
                .append(" | ").append(cell(field.getAttribute("description"))).append(" |\n");
            if (isGroup)
            {
                append(text, name + ".", field);
            }
        }
    }

    /** Which way it goes: what the schema calls an input; else by the ids, for those of a family are together. */
    private static String direction(final Element message)
    {
        if (message.hasAttribute("semanticType") && !"link".equals(message.getAttribute("semanticType")))
        {
            return "Input";
        }
        final int id = Integer.parseInt(message.getAttribute("id"));
        if (id <= 39 || id >= 55 && id <= 57 || id == 59 || id >= 160)
        {
            return "Decision";
        }
        return id <= 79 ? "Link" : "Journal";
    }

    private static String withoutDirection(final String description)
    {
        return description.replaceFirst("^(Input|Decision)(: |$)", "");
    }

    /** As a cell of a table takes it. */
    private static String cell(final String text)
    {
        return text.replaceAll("\\s+", " ").replace("|", "\\|").replace("<", "&lt;");
    }

    private static List<Element> children(final Element parent, final String localName)
    {
        final List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling())
        {
            if (node instanceof Element element && (localName == null || localName.equals(node.getLocalName())))
            {
                elements.add(element);
            }
        }
        return elements;
    }
}
