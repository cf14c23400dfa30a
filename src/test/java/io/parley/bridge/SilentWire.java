package io.parley.bridge;

/** A wire to nowhere; tests make it tell what they want to know. */
class SilentWire implements Wire {
  @Override
  public void send(Frames frames, boolean fleeting) {}

  @Override
  public void ping() {}

  @Override
  public void close(CloseCode code) {}

  @Override
  public void abort() {}

  @Override
  public long waiting() {
    return 0;
  }

  @Override
  public long waitingSince() {
    return System.nanoTime();
  }

  @Override
  public void pause() {}

  @Override
  public void resume() {}
}
