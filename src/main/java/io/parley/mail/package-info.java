/**
 * Sending mails: handing them to the server that the configuration names.
 *
 * <p>Capabilities decide what is sent to whom, and keep it until it is sent; they may call {@link
 * io.parley.mail.Post} only. What a mail says, and to whom it goes, must never reach a log.
 */
@NullMarked
package io.parley.mail;

import org.jspecify.annotations.NullMarked;
