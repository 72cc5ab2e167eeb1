package dev.farpool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What a public repository asks of the poms that are published. */
class PublishedPomsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path BOM = Path.of("bom");
  private static final XPath PATHS = XPathFactory.newInstance().newXPath();

  @ParameterizedTest
  @ValueSource(strings = {"..", "bom"})
  void whoStandsAloneSaysAll(String directory) throws Exception {
    Document pom = read(Path.of(directory));

    for (String element :
        List.of(
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/developerConnection",
            "scm/url")) {
      assertFalse(text(pom, "/project/" + element).isEmpty(), element);
    }
  }

  @Test
  void everyModuleSaysWhatItIs() throws Exception {
    for (String module : modules()) {
      Document pom = read(ROOT.resolve(module));
      assertFalse(text(pom, "/project/name").isEmpty(), module);
      assertFalse(text(pom, "/project/description").isEmpty(), module);
    }
  }

  @Test
  void bomHasEveryPublishedModule() throws Exception {
    Set<String> published = new TreeSet<>();
    for (String module : modules()) {
      Document pom = read(ROOT.resolve(module));
      boolean left = text(pom, "/project/properties/maven.deploy.skip").equals("true");
      if (!left && !module.equals("deploy/bom")) {
        published.add(text(pom, "/project/artifactId"));
      }
    }

    List<String> listed =
        texts(read(BOM), "/project/dependencyManagement/dependencies/dependency/artifactId");
    assertEquals(published, new TreeSet<>(listed));
  }

  @Test
  void bomHasTheVersionOfTheRest() throws Exception {
    assertEquals(text(read(ROOT), "/project/version"), text(read(BOM), "/project/version"));
  }

  private static List<String> modules() throws Exception {
    return texts(read(ROOT), "/project/modules/module");
  }

  private static Document read(Path directory) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    return factory.newDocumentBuilder().parse(directory.resolve("pom.xml").toFile());
  }

  private static String text(Document pom, String path) throws Exception {
    return PATHS.evaluate(path, pom);
  }

  private static List<String> texts(Document pom, String path) throws Exception {
    NodeList nodes = (NodeList) PATHS.evaluate(path, pom, XPathConstants.NODESET);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }
}
