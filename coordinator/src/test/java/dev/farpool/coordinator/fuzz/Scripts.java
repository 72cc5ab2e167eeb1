package dev.farpool.coordinator.fuzz;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The type of the fuzzer's input, made of the contract itself: a script is a list of steps, and a
 * step is the request of any call, bytes that are sent as one ({@code raw_…}), or something that
 * happens to calls. The fuzzer changes its fields; people read and write it as text:
 *
 * <pre>{@code
 * steps { open_session { protocol { oldest: 1 newest: 1 } } }
 * steps { create_pool { session_id: "0" spec { processes: 2 } } }
 * }</pre>
 */
final class Scripts {
  /** The next message of a streaming call goes to a call of its own. */
  static final String ANOTHER = "another";

  /** The client ends its side of one of the open calls. */
  static final String HALF_CLOSE = "half_close";

  /** The client cancels one of the open calls. */
  static final String CANCEL = "cancel";

  /** Time passes. */
  static final String PASS_MILLIS = "pass_millis";

  /** Precedes the name of a call whose request is given in bytes. */
  static final String RAW = "raw_";

  private static final Descriptor SCRIPT = describe();

  private Scripts() {}

  /** For Jazzer: what it makes its inputs from. */
  public static DynamicMessage empty() {
    return DynamicMessage.getDefaultInstance(SCRIPT);
  }

  static Message parse(String text) throws TextFormat.ParseException {
    DynamicMessage.Builder script = DynamicMessage.newBuilder(SCRIPT);
    TextFormat.merge(text, script);
    return script.build();
  }

  private static Descriptor describe() {
    DescriptorProto.Builder step =
        DescriptorProto.newBuilder()
            .setName("Step")
            .addOneofDecl(OneofDescriptorProto.newBuilder().setName("does"));
    Set<FileDescriptor> files = new LinkedHashSet<>();
    for (String call : Contract.names()) {
      Descriptor request = request(call);
      files.add(request.getFile());
      add(step, call, Type.TYPE_MESSAGE).setTypeName("." + request.getFullName());
    }
    Contract.names().forEach(call -> add(step, RAW + call, Type.TYPE_BYTES));
    add(step, ANOTHER, Type.TYPE_BOOL);
    add(step, HALF_CLOSE, Type.TYPE_UINT32);
    add(step, CANCEL, Type.TYPE_UINT32);
    add(step, PASS_MILLIS, Type.TYPE_UINT32);
    return build(step, files);
  }

  private static Descriptor request(String call) {
    MethodDescriptor<?, ?> typed = Contract.typed(call);
    return ((ProtoMethodDescriptorSupplier) typed.getSchemaDescriptor())
        .getMethodDescriptor()
        .getInputType();
  }

  private static FieldDescriptorProto.Builder add(
      DescriptorProto.Builder step, String name, Type type) {
    return step.addFieldBuilder()
        .setName(name)
        .setNumber(step.getFieldCount())
        .setLabel(Label.LABEL_OPTIONAL)
        .setType(type)
        .setOneofIndex(0);
  }

  private static Descriptor build(DescriptorProto.Builder step, Set<FileDescriptor> files) {
    FieldDescriptorProto.Builder steps =
        FieldDescriptorProto.newBuilder()
            .setName("steps")
            .setNumber(1)
            .setLabel(Label.LABEL_REPEATED)
            .setType(Type.TYPE_MESSAGE)
            .setTypeName(".farpool.fuzz.Step");
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder()
            .setName("script.proto")
            .setPackage("farpool.fuzz")
            .setSyntax("proto3")
            .addMessageType(step)
            .addMessageType(DescriptorProto.newBuilder().setName("Script").addField(steps));
    files.forEach(dependency -> file.addDependency(dependency.getName()));
    try {
      return FileDescriptor.buildFrom(file.build(), files.toArray(new FileDescriptor[0]))
          .findMessageTypeByName("Script");
    } catch (DescriptorValidationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
