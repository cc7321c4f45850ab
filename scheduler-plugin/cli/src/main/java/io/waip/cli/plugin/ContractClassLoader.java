package io.waip.cli.plugin;

import java.util.List;

/**
 * What plug-ins see of the command line: the JDK, the contracts of {@code io.waip.api} and what
 * their signatures need. Other classes and all resources are hidden, so that a plug-in brings its
 * own version of any library. Any thread.
 */
final class ContractClassLoader extends ClassLoader {
  private static final List<String> SHOWN =
      List.of("io.waip.api.", "com.google.protobuf.", "org.jspecify.annotations.");

  private final ClassLoader product;

  /** Shows what a loader has of the contracts. */
  ContractClassLoader(ClassLoader product) {
    super("waip-contracts", ClassLoader.getPlatformClassLoader());
    this.product = product;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (SHOWN.stream().anyMatch(name::startsWith)) {
      return product.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }
}
