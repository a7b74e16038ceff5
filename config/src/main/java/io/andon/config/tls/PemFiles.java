package io.andon.config.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Reads certificates and keys as tools hand them out. No message repeats what a file holds. */
public final class PemFiles {
  /** Largest file of certificates, in bytes; a machine's whole list takes a quarter of a MiB. */
  public static final int MAX_CERTIFICATE_BYTES = 4 << 20;

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN [A-Z0-9 ]*CERTIFICATE-----");
  private static final Pattern ANY_KEY =
      Pattern.compile("-----BEGIN (ENCRYPTED )?PRIVATE KEY-----");
  private static final Pattern OPEN_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final Pattern CLOSED_KEY =
      Pattern.compile(
          "-----BEGIN ENCRYPTED PRIVATE KEY-----([^-]+)-----END ENCRYPTED PRIVATE KEY-----");

  /** What a private key has to be. */
  public static final String KEY_FORM =
      "must hold a private key in PEM, PKCS 8 (-----BEGIN PRIVATE KEY-----)";

  private static final byte[] PROBE = {1, 2, 3};

  private PemFiles() {}

  /**
   * The certificates of a file, at least one, in PEM: the JDK takes DER too, Kafka's clients and
   * GStreamer don't.
   *
   * @throws IOException if it can't be read
   * @throws CertificateException if it holds none, or something else; the message continues the
   *     file's name
   */
  public static Collection<? extends Certificate> certificates(Path file)
      throws IOException, CertificateException {
    byte[] bytes = read(file);
    Collection<? extends Certificate> found = List.of();
    try {
      if (CERTIFICATE.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).find()) {
        found =
            CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(bytes));
      }
    } catch (CertificateException e) {
      // Its message may repeat the file.
    }
    if (found.isEmpty()) {
      throw new CertificateException("must be a PEM file of X.509 certificates, at least one");
    }
    return found;
  }

  /**
   * What a file holds, as text.
   *
   * @throws IOException if it can't be read
   * @throws CertificateException if it is no regular file or too large; the message continues the
   *     file's name
   */
  public static String text(Path file) throws IOException, CertificateException {
    return new String(read(file), StandardCharsets.UTF_8);
  }

  private static byte[] read(Path file) throws IOException, CertificateException {
    // A pipe without a writer would hold the start up for ever.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new CertificateException("must be a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_CERTIFICATE_BYTES + 1);
      if (bytes.length > MAX_CERTIFICATE_BYTES) {
        throw new CertificateException("must hold at most " + MAX_CERTIFICATE_BYTES + " bytes");
      }
      return bytes;
    }
  }

  /** Whether a text is a private key in the form wanted, under a password or not. */
  public static boolean isPrivateKey(String pem) {
    return ANY_KEY.matcher(pem).find();
  }

  /**
   * A private key that is under a password, as one that isn't. Older JDKs know the usual scheme,
   * PBES2, by the names of its members alone, which is why Kafka's clients can't open such keys
   * there.
   *
   * @param pem PKCS 8
   * @throws GeneralSecurityException if it isn't under a password, or under another one
   */
  public static String opened(String pem, String password) throws GeneralSecurityException {
    Matcher matcher = CLOSED_KEY.matcher(pem);
    if (!matcher.find()) {
      throw new CertificateException("must be left out: the key is under no password");
    }
    try {
      EncryptedPrivateKeyInfo closed =
          new EncryptedPrivateKeyInfo(Base64.getMimeDecoder().decode(matcher.group(1)));
      AlgorithmParameters parameters = closed.getAlgParameters();
      String scheme =
          closed.getAlgName().equals("PBES2") ? parameters.toString() : closed.getAlgName();
      SecretKey secret =
          SecretKeyFactory.getInstance(scheme)
              .generateSecret(new PBEKeySpec(password.toCharArray()));
      Cipher cipher = Cipher.getInstance(scheme);
      cipher.init(Cipher.DECRYPT_MODE, secret, parameters);
      // Looks at what came out: one wrong password in 256 gives bytes with a right padding.
      byte[] key = closed.getKeySpec(cipher).getEncoded();
      String text = Base64.getMimeEncoder().encodeToString(key);
      return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
    } catch (IOException | IllegalArgumentException | GeneralSecurityException e) {
      throw new CertificateException("does not open the key");
    }
  }

  /**
   * What a server needs to speak TLS.
   *
   * @param chain file with its certificate first, then those that signed it
   * @param keyPem the certificate's private key, PKCS 8, not under a password
   * @throws IOException if the file can't be read
   * @throws GeneralSecurityException if certificate or key can't be used, or don't belong together
   */
  public static SSLContext server(Path chain, String keyPem)
      throws IOException, GeneralSecurityException {
    Certificate[] certificates = certificates(chain).toArray(new Certificate[0]);
    PrivateKey key = privateKey(keyPem, certificates[0].getPublicKey());
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] unused = new char[0];
    store.setKeyEntry("server", key, unused, certificates);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, unused);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static PrivateKey privateKey(String pem, PublicKey of) throws GeneralSecurityException {
    Matcher matcher = OPEN_KEY.matcher(pem);
    if (!matcher.find()) {
      throw new CertificateException(KEY_FORM + ", without a password");
    }
    PrivateKey key;
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(matcher.group(1));
      key =
          KeyFactory.getInstance(of.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw new CertificateException(
          "must be a key of the certificate's kind, " + of.getAlgorithm());
    }
    if (!belongTogether(key, of)) {
      throw new CertificateException("must be the certificate's key, and is another one");
    }
    return key;
  }

  private static boolean belongTogether(PrivateKey key, PublicKey of)
      throws GeneralSecurityException {
    String algorithm =
        switch (of.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> of.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(of);
    signature.update(PROBE);
    return signature.verify(signed);
  }
}
