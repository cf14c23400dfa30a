package io.parley.stores.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The servers' programs, unpacked once per version into a cache that all data directories of a user
 * share. An unpacked directory appears whole or not at all.
 */
final class Binaries {
  private static final int BUFFER = 1 << 16;
  private static final int EXECUTABLE_BY_OWNER = 0100;

  private static final boolean MAC =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
  private static final boolean ARM =
      List.of("aarch64", "arm64").contains(System.getProperty("os.arch", ""));

  private final Path cache;
  private final Consumer<String> progress;

  Binaries(Path cache, Consumer<String> progress) {
    this.cache = cache;
    this.progress = progress;
  }

  /** The user's cache directory, or one below the data when there is none to write to. */
  static Path cache(DataDirectory data) {
    String home = System.getenv("XDG_CACHE_HOME");
    String own = System.getenv("PARLEY_CACHE");
    Path wanted =
        own != null && !own.isBlank()
            ? Path.of(own)
            : home != null && !home.isBlank()
                ? Path.of(home, "parley")
                : Path.of(System.getProperty("user.home", "/"), ".cache", "parley");
    try {
      Files.createDirectories(wanted);
      return Files.isWritable(wanted) ? wanted : data.root().resolve("cache");
    } catch (IOException unwritable) {
      return data.root().resolve("cache");
    }
  }

  /** The directory with PostgreSQL's bin, lib and share. */
  Path postgres() throws IOException {
    String machine = MAC ? "darwin" : "linux";
    String archiveName = "/postgres-" + machine + "-" + (ARM ? "arm_64" : "x86_64") + ".txz";
    URL archive = resource(archiveName, "PostgreSQL");
    return unpacked("postgres", archive, into -> untar(archive, into));
  }

  /** The Redis server. */
  Path redis() throws IOException {
    String version = ARM && !MAC ? "6.2.7" : "6.2.6-v5";
    String machine = (MAC ? "-darwin" : "-linux") + (ARM ? "-arm64" : "-amd64");
    URL program = resource("/redis-server-" + version + machine, "Redis");
    return unpacked("redis", program, into -> copy(program, into.resolve("redis-server")))
        .resolve("redis-server");
  }

  private interface Unpacking {
    void into(Path directory) throws IOException;
  }

  private Path unpacked(String name, URL source, Unpacking unpacking) throws IOException {
    Path target = cache.resolve(name + "-" + fingerprint(source));
    if (Files.isDirectory(target)) {
      return target;
    }
    progress.accept("unpacking " + name + " to " + target);
    Files.createDirectories(cache);
    Path fresh = Files.createTempDirectory(cache, ".unpacking");
    DataDirectory.permit(fresh, "rwxr-xr-x");
    unpacking.into(fresh);
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException another) {
      delete(fresh);
      if (!Files.isDirectory(target)) {
        throw another;
      }
    }
    return target;
  }

  private static void untar(URL archive, Path into) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(archive.openStream(), BUFFER)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = into.resolve(entry.getName()).normalize();
        if (!path.startsWith(into)) {
          throw new IOException(entry.getName() + " is outside the archive");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(path.resolveSibling(""));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          boolean program = (entry.getMode() & EXECUTABLE_BY_OWNER) != 0;
          DataDirectory.permit(path, program ? "rwxr-xr-x" : "rw-r--r--");
        }
      }
    }
  }

  private static void copy(URL program, Path target) throws IOException {
    try (InputStream stream = program.openStream()) {
      Files.copy(stream, target);
    }
    DataDirectory.permit(target, "rwxr-xr-x");
  }

  /** The checksum that the jar keeps of it, so that another version unpacks beside it. */
  private static String fingerprint(URL source) throws IOException {
    URLConnection connection = source.openConnection();
    return connection instanceof JarURLConnection jar
        ? Long.toHexString(jar.getJarEntry().getCrc())
        : Long.toHexString(connection.getContentLengthLong());
  }

  private static URL resource(String name, String server) {
    URL found = Binaries.class.getResource(name);
    if (found == null) {
      throw new StoresException(
          "this installation has no embedded "
              + server
              + " for this machine; run your own stores, and name them: PARLEY_POSTGRES_HOST and"
              + " so on, with PARLEY_NODE_EMBEDDED=false");
    }
    return found;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.delete(path);
        }
      }
    }
  }
}
