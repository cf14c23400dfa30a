/**
 * Certificates and authorities in PEM files: read, and checked before anybody else sees them.
 *
 * <p>Whoever shows a certificate or trusts an authority reads it here, at the start, so that what
 * cannot work is told in one sentence that names the setting. It must never happen that a file of
 * somebody else's making is trusted because nothing was said about it, or that a key is printed.
 */
@NullMarked
package io.parley.tls;

import org.jspecify.annotations.NullMarked;
