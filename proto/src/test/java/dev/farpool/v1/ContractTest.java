package dev.farpool.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.DescriptorProtos.DescriptorProto.ReservedRange;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the contract still. Programs in other languages are compiled against it, so a changed
 * number or name is noticed here and not by them.
 */
class ContractTest {
  private static final List<FileDescriptor> FILES =
      List.of(
          Common.getDescriptor(),
          Task.getDescriptor(),
          PoolServiceOuterClass.getDescriptor(),
          WorkerServiceOuterClass.getDescriptor(),
          BlobServiceOuterClass.getDescriptor(),
          Activity.getDescriptor(),
          ClusterServiceOuterClass.getDescriptor());

  private static final Path SOURCES = Path.of("src/main/proto/farpool/v1");
  private static final Pattern DECLARATION =
      Pattern.compile("^ *(message|enum|service|rpc|[\\w.<>, ]+ \\w+ =) ?.*[;{}]$");

  /** When this fails on purpose: `contract.txt` is the listing that the failure shows as actual. */
  @Test
  void namesAndNumbersAreTheOnesProgramsWereCompiledAgainst() throws IOException {
    TreeSet<String> lines = new TreeSet<>();
    for (FileDescriptor file : FILES) {
      file.getMessageTypes().forEach(message -> list(message, lines));
      file.getEnumTypes().forEach(type -> list(type, lines));
      file.getServices().forEach(service -> list(service, lines));
    }

    assertEquals(readListing(), String.join("\n", lines) + "\n");
  }

  @Test
  void everyMessageFieldValueAndCallIsCommented() throws IOException {
    List<String> bare = new ArrayList<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.sorted().toList()) {
        String before = "";
        for (String line : Files.readAllLines(file)) {
          boolean declares =
              DECLARATION.matcher(line).matches() && !line.matches("(option|import|package) .*");
          if (declares && !before.strip().startsWith("//")) {
            bare.add(file.getFileName() + ": " + line.strip());
          }
          before = line;
        }
      }
    }

    assertEquals(List.of(), bare);
  }

  private static void list(Descriptor message, Set<String> lines) {
    if (message.getOptions().getMapEntry()) {
      return;
    }
    String name = message.getFullName();
    lines.add(name);
    for (FieldDescriptor field : message.getFields()) {
      lines.add(
          String.format(
              "%s.%s = %d %s%s",
              name, field.getName(), field.getNumber(), label(field), typeOf(field)));
    }
    for (ReservedRange range : message.toProto().getReservedRangeList()) {
      lines.add(String.format("%s reserved %d to %d", name, range.getStart(), range.getEnd() - 1));
    }
    message.getNestedTypes().forEach(nested -> list(nested, lines));
    message.getEnumTypes().forEach(nested -> list(nested, lines));
  }

  private static String label(FieldDescriptor field) {
    if (field.getContainingOneof() != null) {
      return "oneof " + field.getContainingOneof().getName() + " ";
    }
    return field.isRepeated() ? "repeated " : "";
  }

  private static String typeOf(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> field.getMessageType().getFullName();
      case ENUM -> field.getEnumType().getFullName();
      default -> field.getType().name().toLowerCase(java.util.Locale.ROOT);
    };
  }

  private static void list(EnumDescriptor type, Set<String> lines) {
    for (EnumValueDescriptor value : type.getValues()) {
      lines.add(type.getFullName() + "." + value.getName() + " = " + value.getNumber());
    }
  }

  private static void list(ServiceDescriptor service, Set<String> lines) {
    for (MethodDescriptor method : service.getMethods()) {
      lines.add(
          String.format(
              "%s.%s (%s%s) returns (%s%s)",
              service.getFullName(),
              method.getName(),
              method.isClientStreaming() ? "stream " : "",
              method.getInputType().getName(),
              method.isServerStreaming() ? "stream " : "",
              method.getOutputType().getName()));
    }
  }

  private static String readListing() throws IOException {
    try (InputStream listing = ContractTest.class.getResourceAsStream("/contract.txt")) {
      return new String(listing.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
