package io.lockstep.codecs;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;

/**
 * The protocol as its XML files say it, read without the code generator: what the tests hold the generated codecs against.
 */
final class SchemaModel
{
    static final List<String> FILES = List.of("market-data.xml", "order-entry.xml", "control.xml", "link.xml",
        "journal.xml", "snapshot.xml");

    /** A simple type, an enum or a set (its codes, or its bits, by name) or a composite (its elements by name, each a type's name). */
    record Type(
        String name,
        String primitiveType,
        int length,
        String description,
        Map<String, String> codeByName,
        Map<String, Integer> bitByName,
        Map<String, Type> elementByName)
    {
        boolean isSet()
        {
            return !bitByName.isEmpty();
        }

        boolean isEnum()
        {
            return !codeByName.isEmpty();
        }

        boolean isComposite()
        {
            return !elementByName.isEmpty();
        }
    }

    record Field(String name, int id, String type, boolean optional, int sinceVersion)
    {
    }

    record Group(String name, int id, String dimensionType, List<Field> fields, List<Data> data)
    {
    }

    record Data(String name, int id, String type)
    {
    }

    record Message(
        String file,
        String name,
        int id,
        String description,
        List<Field> fields,
        List<Group> groups,
        List<Data> data)
    {
        @Override
        public String toString()
        {
            return name;
        }
    }

    private final String file;
    private final Element root;
    private final Map<String, Type> typeByName = new LinkedHashMap<>();
    private final List<Message> messages = new ArrayList<>();

    private SchemaModel(final String file) throws Exception
    {
        this.file = file;
        final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setXIncludeAware(true);
        final Document document = factory.newDocumentBuilder()
            .parse(SchemaModel.class.getResource("/sbe/" + file).toString());
        root = document.getDocumentElement();
        for (final Element types : children(root, "types"))
        {
            // What a file includes stands inside its own <types>, as one more <types>.
            readTypes(types);
        }
        for (final Element message : children(root, "message"))
        {
            messages.add(readMessage(message));
        }
    }

    static List<SchemaModel> all()
    {
        final List<SchemaModel> models = new ArrayList<>();
        for (final String file : FILES)
        {
            try
            {
                models.add(new SchemaModel(file));
            }
            catch (final Exception ex)
            {
                throw new AssertionError("file=" + file, ex);
            }
        }
        return models;
    }

    static List<Message> allMessages()
    {
        return all().stream().flatMap((model) -> model.messages().stream()).toList();
    }

    static Map<String, Type> allTypes()
    {
        final Map<String, Type> types = new LinkedHashMap<>();
        all().forEach((model) -> types.putAll(model.typeByName()));
        return types;
    }

    String file()
    {
        return file;
    }

    String attribute(final String name)
    {
        return root.getAttribute(name);
    }

    Map<String, Type> typeByName()
    {
        return typeByName;
    }

    List<Message> messages()
    {
        return messages;
    }

    private void readTypes(final Element types)
    {
        for (final Element element : children(types, null))
        {
            if ("types".equals(element.getLocalName()))
            {
                readTypes(element);
            }
            else
            {
                final Type type = readType(element);
                typeByName.put(type.name(), type);
            }
        }
    }

    private Type readType(final Element element)
    {
        final Map<String, String> codes = new LinkedHashMap<>();
        children(element, "validValue")
            .forEach((value) -> codes.put(value.getAttribute("name"), value.getTextContent().trim()));
        final Map<String, Integer> bits = new LinkedHashMap<>();
        children(element, "choice")
            .forEach(
                (choice) -> bits.put(choice.getAttribute("name"), Integer.parseInt(choice.getTextContent().trim())));
        final Map<String, Type> elements = new LinkedHashMap<>();
        if ("composite".equals(element.getLocalName()))
        {
            for (final Element part : children(element, null))
            {
                elements.put(
                    part.getAttribute("name"),
                    "ref".equals(part.getLocalName()) ? typeByName.get(part.getAttribute("type")) : readType(part));
            }
        }
        final String primitive = element.hasAttribute("encodingType")
            ? element.getAttribute("encodingType")
            : element.getAttribute("primitiveType");
        final String length = element.getAttribute("length");
        return new Type(
            element.getAttribute("name"),
            primitive,
            length.isEmpty() ? 1 : Integer.parseInt(length),
            element.getAttribute("description"),
            codes,
            bits,
            elements);
    }

    private Message readMessage(final Element element)
    {
        final List<Group> groups = new ArrayList<>();
        for (final Element group : children(element, "group"))
        {
            groups.add(new Group(
                group.getAttribute("name"), id(group), group.getAttribute("dimensionType"), readFields(group),
                readData(group)));
        }
        return new Message(
            file, element.getAttribute("name"), id(element), element.getAttribute("description"), readFields(element),
            groups,
            readData(element));
    }

    private static List<Data> readData(final Element parent)
    {
        return children(parent, "data").stream()
            .map((item) -> new Data(item.getAttribute("name"), id(item), item.getAttribute("type"))).toList();
    }

    private static List<Field> readFields(final Element parent)
    {
        final List<Field> fields = new ArrayList<>();
        for (final Element field : children(parent, "field"))
        {
            final String since = field.getAttribute("sinceVersion");
            fields.add(new Field(
                field.getAttribute("name"),
                id(field),
                field.getAttribute("type"),
                "optional".equals(field.getAttribute("presence")),
                since.isEmpty() ? 0 : Integer.parseInt(since)));
        }
        return fields;
    }

    private static int id(final Element element)
    {
        return Integer.parseInt(element.getAttribute("id"));
    }

    private static List<Element> children(final Element parent, final String localName)
    {
        final List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling())
        {
            if (node instanceof Element && (localName == null || localName.equals(node.getLocalName())))
            {
                elements.add((Element)node);
            }
        }
        return elements;
    }
}
