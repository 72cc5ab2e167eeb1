package dev.farpool.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads amounts as people write them: {@code 500}, {@code 64K}, {@code 512M}, {@code 2G}. */
final class AmountConverter implements ITypeConverter<Long> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,15})([KMG]?)");
  private static final String UNITS = "KMG";
  private static final int BITS = 10;

  @Override
  public Long convert(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "an amount is a number, also with K, M or G, for example 2G, not \"" + text + "\"");
    }
    long amount = Long.parseLong(matcher.group(1));
    int unit = matcher.group(2).isEmpty() ? 0 : 1 + UNITS.indexOf(matcher.group(2));
    try {
      return Math.multiplyExact(amount, 1L << (BITS * unit));
    } catch (ArithmeticException tooMuch) {
      throw new TypeConversionException(text + " is more than any host has");
    }
  }
}
