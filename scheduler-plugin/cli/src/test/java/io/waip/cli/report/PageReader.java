package io.waip.cli.report;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads a written page as the XML it has to be. */
public final class PageReader {
  private final Document document;

  private PageReader(Document document) {
    this.document = document;
  }

  /**
   * Parses a page.
   *
   * @throws AssertionError if it is not well formed
   */
  public static PageReader of(String html) {
    try {
      return new PageReader(
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(html))));
    } catch (SAXException | ParserConfigurationException | IOException e) {
      throw new AssertionError("the page is not well formed", e);
    }
  }

  /** Returns the elements of a name, in order. */
  public List<Element> elements(String tag) {
    return elements(document.getDocumentElement(), tag);
  }

  private static List<Element> elements(Element root, String tag) {
    NodeList nodes = root.getElementsByTagName(tag);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  /** Returns the texts of all elements of a name, in order. */
  public List<String> texts(String tag) {
    return texts(document.getDocumentElement(), tag);
  }

  private static List<String> texts(Element root, String tag) {
    return elements(root, tag).stream().map(Element::getTextContent).toList();
  }

  /** Returns the rows of the table of a title, each by the heads of its cells. */
  public List<Map<String, String>> table(String title) {
    Element table =
        elements("div").stream()
            .filter(div -> div.getAttribute("aria-label").equals(title))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no table " + title));
    List<String> heads = texts(table, "th");
    List<Map<String, String>> rows = new ArrayList<>();
    for (Element row : elements(table, "tr")) {
      List<String> cells = texts(row, "td");
      Map<String, String> byHead = new LinkedHashMap<>();
      IntStream.range(0, cells.size()).forEach(i -> byHead.put(heads.get(i), cells.get(i)));
      if (!cells.isEmpty()) {
        rows.add(byHead);
      }
    }
    return rows;
  }

  /** Returns the figure, a chart with its heading, of a title. */
  public Element figure(String title) {
    return elements("figure").stream()
        .filter(figure -> texts(figure, "h3").contains(title))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no chart " + title));
  }
}
