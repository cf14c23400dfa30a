package io.parley.stores.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The directory that holds everything a server knows: its stores, its secrets, its running nodes.
 */
public final class DataDirectory {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final Path root;

  private DataDirectory(Path root) {
    this.root = root;
  }

  /** Opens it, made for its owner only if there is none yet; refuses one that cannot be written. */
  public static DataDirectory open(Path path) {
    Path root = path.toAbsolutePath().normalize();
    DataDirectory directory = new DataDirectory(root);
    try {
      Files.createDirectories(root, attributes("rwx------"));
      Path trial = Files.createTempFile(root, ".writable", "");
      Files.delete(trial);
      return directory;
    } catch (FileAlreadyExistsException e) {
      throw new StoresException(root + " is a file; choose a directory with --data", e);
    } catch (IOException e) {
      throw new StoresException(
          "cannot write to "
              + root
              + "; give "
              + System.getProperty("user.name")
              + " the right to, or choose another directory with --data",
          e);
    }
  }

  public Path root() {
    return root;
  }

  /** Where running nodes say what they are and which ports they have. */
  public Path nodes() {
    return root.resolve("nodes");
  }

  Path lock() {
    return root.resolve("lock");
  }

  Path secrets() {
    return root.resolve("secrets.json");
  }

  Path state() {
    return root.resolve("stores.json");
  }

  Path log(String server) {
    return root.resolve(server + ".log");
  }

  Path postgres() {
    return root.resolve("postgres");
  }

  Path redis() {
    return root.resolve("redis");
  }

  Path s3() {
    return root.resolve("s3");
  }

  /** Makes a directory that only its owner may enter. */
  public static void makePrivate(Path directory) throws IOException {
    Files.createDirectories(directory, attributes("rwx------"));
  }

  /** Writes a file that only its owner may read, whole or not at all. */
  public static void writePrivate(Path file, String text) throws IOException {
    Path fresh =
        Files.createTempFile(
            file.getParent(), ".new", file.getFileName() + "", attributes("rw-------"));
    Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whether anybody but the owner may do anything with it. */
  public static boolean isOpenToOthers(Path file) throws IOException {
    return POSIX
        && Files.getPosixFilePermissions(file).stream()
            .anyMatch(permission -> !permission.name().startsWith("OWNER"));
  }

  private static FileAttribute<?>[] attributes(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  static void permit(Path file, String permissions) throws IOException {
    if (POSIX) {
      Files.setPosixFilePermissions(file, Set.copyOf(PosixFilePermissions.fromString(permissions)));
    }
  }
}
