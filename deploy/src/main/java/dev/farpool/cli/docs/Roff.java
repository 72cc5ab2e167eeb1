package dev.farpool.cli.docs;

import java.util.List;
import java.util.Locale;

/** Writes the language of {@code man}: a line that begins with a dot is a request. */
final class Roff {
  private final StringBuilder out = new StringBuilder();

  Roff(String title, String source) {
    out.append(".TH \"").append(escaped(title)).append("\" 1 \"\" \"");
    out.append(escaped(source)).append("\" \"Farpool\"\n");
    // Whole words, and the left margin only: commands are copied from here.
    out.append(".nh\n.ad l\n");
  }

  Roff section(String title) {
    out.append(".SH ").append(escaped(title.toUpperCase(Locale.ROOT))).append('\n');
    return this;
  }

  void text(String paragraph) {
    out.append(".PP\n").append(line(paragraph));
  }

  void bold(String paragraph) {
    out.append(".PP\n\\fB").append(escaped(paragraph)).append("\\fR\n");
  }

  void verbatim(List<String> lines) {
    out.append(".PP\n.RS 4\n.nf\n");
    lines.forEach(each -> out.append(line(each)));
    out.append(".fi\n.RE\n");
  }

  void entry(String label, String meaning) {
    out.append(".TP\n\\fB").append(escaped(label)).append("\\fR\n").append(line(meaning));
  }

  void reference(String page, String hint) {
    out.append(".PP\n\\fB").append(escaped(page)).append("\\fR(1)").append(escaped(hint));
    out.append('\n');
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private static String line(String text) {
    String escaped = escaped(text);
    boolean looksLikeRequest = escaped.startsWith(".") || escaped.startsWith("'");
    return (looksLikeRequest ? "\\&" : "") + escaped + "\n";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }
}
