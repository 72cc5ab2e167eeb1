package dev.farpool.cli;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds something by a name, or by as much of it as is unique. */
final class Abbreviation {
  private static final int MOST_SHOWN = 10;

  private Abbreviation() {}

  /**
   * The only one with the whole name, else the only one whose name begins so.
   *
   * @param noun what it is, for people
   * @param names all names it has
   * @param shown how to tell it from others
   * @throws CommandException if there is none, or more than one
   */
  static <T> T find(
      String noun,
      String wanted,
      List<T> all,
      Function<T, Stream<String>> names,
      Function<T, String> shown) {
    List<T> found = matching(all, names, wanted::equals);
    if (found.isEmpty() && !wanted.isEmpty()) {
      found = matching(all, names, name -> name.startsWith(wanted));
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    throw CommandException.failed(
        found.isEmpty()
            ? "there is no " + noun + " " + wanted + "; " + among(noun, all, shown)
            : noun + " " + wanted + " could be " + list(found, shown) + "; say more of it");
  }

  private static <T> List<T> matching(
      List<T> all, Function<T, Stream<String>> names, Predicate<String> wanted) {
    return all.stream().filter(each -> names.apply(each).anyMatch(wanted)).toList();
  }

  private static <T> String among(String noun, List<T> all, Function<T, String> shown) {
    return all.isEmpty() ? "the cluster has no " + noun + "s now" : "there are " + list(all, shown);
  }

  private static <T> String list(List<T> some, Function<T, String> shown) {
    String more = some.size() > MOST_SHOWN ? " and others" : "";
    return some.stream().limit(MOST_SHOWN).map(shown).collect(Collectors.joining(", ")) + more;
  }
}
