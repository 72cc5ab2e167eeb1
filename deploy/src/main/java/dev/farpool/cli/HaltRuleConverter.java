package dev.farpool.cli;

import dev.farpool.cli.map.HaltRule;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads when {@code map} is to give up. */
final class HaltRuleConverter implements ITypeConverter<HaltRule> {
  @Override
  public HaltRule convert(String text) {
    try {
      return HaltRule.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new TypeConversionException(malformed.getMessage());
    }
  }
}
