package dev.farpool.call;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;

/** Finds classes by the thread's context class loader, where the user's program lives. */
final class CallObjectInputStream extends ObjectInputStream {
  private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

  CallObjectInputStream(InputStream in, ObjectInputFilter filter) throws IOException {
    super(in);
    if (filter != null) {
      setObjectInputFilter(filter);
    }
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass described)
      throws IOException, ClassNotFoundException {
    if (loader != null) {
      try {
        return Class.forName(described.getName(), false, loader);
      } catch (ClassNotFoundException notThere) {
        // Primitive types and classes of other loaders: the default rule knows them.
        return super.resolveClass(described);
      }
    }
    return super.resolveClass(described);
  }
}
