package io.parley.bridge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * Puts the frames of one peer together to texts: whole, strictly UTF-8, and no longer than allowed.
 */
final class IncomingTexts {
  private final boolean sockJs;
  private final int longest;
  private @Nullable ByteBuf partial;

  /**
   * @param longest bytes of a text
   */
  IncomingTexts(boolean sockJs, int longest) {
    this.sockJs = sockJs;
    this.longest = longest;
  }

  /** Takes a frame of text, or one that goes on; it stays the caller's. */
  void take(WebSocketFrame frame, Wire.Listener listener) {
    ByteBuf piece = frame.content();
    int before = partial == null ? 0 : partial.readableBytes();
    if (before + piece.readableBytes() > longest) {
      forget();
      listener.violated(CloseCode.TOO_BIG);
    } else if (partial == null && frame.isFinalFragment()) {
      text(piece, listener);
    } else {
      ByteBuf whole = partial == null ? Unpooled.buffer(piece.readableBytes()) : partial;
      whole.writeBytes(piece);
      partial = whole;
      if (frame.isFinalFragment()) {
        partial = null;
        text(whole, listener);
      }
    }
  }

  /** Drops what has come of a text. */
  void forget() {
    partial = null;
  }

  private void text(ByteBuf utf8, Wire.Listener listener) {
    String text = SockJsText.decode(ByteBufUtil.getBytes(utf8)).orElse(null);
    if (text == null) {
      listener.violated(CloseCode.NOT_TEXT);
    } else if (!sockJs) {
      listener.text(text);
    } else if (!text.isEmpty()) {
      SockJsText.unpack(text)
          .ifPresentOrElse(
              messages -> messages.forEach(listener::text),
              () -> listener.violated(CloseCode.PROTOCOL));
    }
  }
}
