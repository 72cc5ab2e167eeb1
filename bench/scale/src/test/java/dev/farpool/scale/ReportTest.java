package dev.farpool.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void saysWhetherABudgetWasKept() {
    String text =
        new Report(
                "title",
                List.of(Figure.atLeast("starts", 5, "/s", 10), Figure.atMost("p99", 5, "ms", 10)))
            .toText();

    assertTrue(text.contains("at least 10: missed"), text);
    assertTrue(text.contains("at most 10: kept"), text);
  }

  @Test
  void isSoundHoweverSlowItWas() {
    assertTrue(new Report("", List.of(Figure.atLeast("starts", 5, "/s", 10))).isSound());
    assertTrue(new Report("", List.of(Figure.never("lost", 0))).isSound());
    assertFalse(new Report("", List.of(Figure.never("lost", 1))).isSound());
  }

  @Test
  void tellsProgramsTheSame() {
    Report report = new Report("title", List.of(Figure.atLeast("starts", 5, "/s", 10)));

    JsonObject json = JsonParser.parseString(report.toJson()).getAsJsonObject();
    JsonObject figure = json.getAsJsonArray("figures").get(0).getAsJsonObject();

    assertEquals("starts", figure.get("name").getAsString());
    assertEquals(5, figure.get("value").getAsDouble());
    assertEquals(10, figure.get("budget").getAsDouble());
  }
}
