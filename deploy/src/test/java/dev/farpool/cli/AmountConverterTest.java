package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class AmountConverterTest {
  private final AmountConverter converter = new AmountConverter();

  @Test
  void unitsArePowersOf1024() {
    assertEquals(0, converter.convert("0"));
    assertEquals(500, converter.convert("500"));
    assertEquals(64 << 10, converter.convert("64K"));
    assertEquals(512 << 20, converter.convert("512M"));
    assertEquals(2L << 30, converter.convert("2G"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G", "-1", "1.5G", "2g", "2GB", "5m", "999999999999999G"})
  void whatIsNoAmountIsRefused(String text) {
    assertThrows(TypeConversionException.class, () -> converter.convert(text));
  }
}
