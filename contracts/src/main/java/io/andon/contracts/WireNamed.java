package io.andon.contracts;

import java.util.Optional;

/** A constant that has a fixed name on the wire, so that renaming it in code breaks no reader. */
public interface WireNamed {
  /** The name used on the wire. */
  String wireName();

  /**
   * Finds a constant by its name on the wire.
   *
   * @param type the enum
   * @param wireName the name, as written
   * @return the constant; empty if there is none of that name
   */
  static <E extends Enum<E> & WireNamed> Optional<E> find(Class<E> type, String wireName) {
    for (E constant : type.getEnumConstants()) {
      if (constant.wireName().equals(wireName)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }
}
