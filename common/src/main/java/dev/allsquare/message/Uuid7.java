package dev.allsquare.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Version 7 UUIDs (<a href="https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7">RFC
 * 9562</a>): 48 bits of Unix milliseconds in front, so that they sort by time and a table can be
 * partitioned by them.
 */
public final class Uuid7 {

  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private Uuid7() {}

  /** A fresh id for this instant. */
  public static UUID next(Instant at) {
    var random = ThreadLocalRandom.current();
    return of(at, random.nextLong(), random.nextLong());
  }

  /** The same id for the same instant (to the millisecond) and name, always. */
  public static UUID derived(Instant at, String name) {
    var hash = ByteBuffer.wrap(sha256(name));
    return of(at, hash.getLong(), hash.getLong());
  }

  /** The lowest id of this instant: a partition's bound. */
  public static UUID floor(Instant at) {
    return new UUID(at.toEpochMilli() << 16, 0);
  }

  /** The instant inside the id, to the millisecond. */
  public static Instant timeOf(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }

  public static boolean isVersion7(UUID id) {
    return id.version() == 7 && id.variant() == 2;
  }

  private static UUID of(Instant at, long high, long low) {
    return new UUID(at.toEpochMilli() << 16 | VERSION | (high & 0xFFFL), VARIANT | (low >>> 2));
  }

  private static byte[] sha256(String name) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
