package io.andon.chaos.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority of a test's own, made by the JDK's keytool, and what it signed, as PEM files. */
final class Certificates {
  private static final String STORE_PASSWORD = "only-for-this-store";
  private static final String ENCRYPTION = "PBEWithHmacSHA256AndAES_256";
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final Path folder;
  private final Path store;

  private Certificates(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("store.p12");
  }

  /** Makes an authority in an empty folder. */
  static Certificates in(Path folder) throws Exception {
    Files.createDirectories(folder);
    Certificates made = new Certificates(folder);
    made.keytool("-alias", "ca", "-dname", "CN=Test authority", "-ext", "bc:c", "-keyalg", "EC");
    return made;
  }

  /** The authority's certificate. */
  Path authority() throws IOException, GeneralSecurityException {
    return Files.writeString(folder.resolve("ca.pem"), pem("CERTIFICATE", encoded("ca")));
  }

  /** Has a certificate signed for 127.0.0.1 and no other name. GnuTLS takes the JDK's RSA keys. */
  void sign(String name) throws Exception {
    List<String> options = new ArrayList<>(List.of("-alias", name, "-dname", "CN=" + name));
    options.addAll(List.of("-signer", "ca", "-ext", "san=ip:127.0.0.1", "-keyalg", "RSA"));
    keytool(options.toArray(String[]::new));
  }

  /** A certificate with its chain. */
  Path chain(String name) throws IOException, GeneralSecurityException {
    String chain = pem("CERTIFICATE", encoded(name)) + pem("CERTIFICATE", encoded("ca"));
    return Files.writeString(folder.resolve(name + ".crt"), chain);
  }

  /** Its key in the clear. */
  Path key(String name) throws IOException, GeneralSecurityException {
    return Files.writeString(
        folder.resolve(name + ".key"), pem("PRIVATE KEY", privateKey(name).getEncoded()));
  }

  /** Its key under a password. */
  Path key(String name, String password) throws IOException, GeneralSecurityException {
    SecretKey secret =
        SecretKeyFactory.getInstance(ENCRYPTION)
            .generateSecret(new PBEKeySpec(password.toCharArray()));
    Cipher cipher = Cipher.getInstance(ENCRYPTION);
    cipher.init(Cipher.ENCRYPT_MODE, secret);
    byte[] encrypted = cipher.doFinal(privateKey(name).getEncoded());
    // The JDK writes this scheme under the name of its family alone.
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
    parameters.init(cipher.getParameters().getEncoded());
    byte[] info = new EncryptedPrivateKeyInfo(parameters, encrypted).getEncoded();
    return Files.writeString(
        folder.resolve(name + ".encrypted.key"), pem("ENCRYPTED PRIVATE KEY", info));
  }

  /** Key and chain in one file, as a broker takes them. */
  Path bundle(String name) throws IOException, GeneralSecurityException {
    String both = Files.readString(key(name)) + Files.readString(chain(name));
    return Files.writeString(folder.resolve(name + ".pem"), both);
  }

  /** Key and chain in the form that Flink takes, under a password. */
  Path keyStore(String name, String password) throws IOException, GeneralSecurityException {
    KeyStore made = empty();
    Certificate[] chain = open().getCertificateChain(name);
    made.setKeyEntry(name, privateKey(name), password.toCharArray(), chain);
    return write(made, folder.resolve(name + ".p12"), password);
  }

  /** The authority's certificate in that form. */
  Path trustStore(String password) throws IOException, GeneralSecurityException {
    KeyStore made = empty();
    made.setCertificateEntry("ca", open().getCertificate("ca"));
    return write(made, folder.resolve("trusted.p12"), password);
  }

  /** A client that trusts the authority and shows a certificate. */
  SSLContext client(String name) throws IOException, GeneralSecurityException {
    char[] password = STORE_PASSWORD.toCharArray();
    KeyStore own = empty();
    own.setKeyEntry(name, privateKey(name), password, open().getCertificateChain(name));
    return context(own, password);
  }

  /** A client that trusts the authority and shows nothing. */
  SSLContext clientWithoutKey() throws IOException, GeneralSecurityException {
    return context(empty(), new char[0]);
  }

  private SSLContext context(KeyStore own, char[] password)
      throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, password);
    KeyStore trusted = empty();
    trusted.setCertificateEntry("ca", open().getCertificate("ca"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /** The folder that all of it is in. */
  Path folder() {
    return folder;
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore made = KeyStore.getInstance("PKCS12");
    made.load(null, null);
    return made;
  }

  private static Path write(KeyStore made, Path file, String password)
      throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(file)) {
      made.store(out, password.toCharArray());
    }
    return file;
  }

  private byte[] encoded(String alias) throws IOException, GeneralSecurityException {
    Certificate certificate = open().getCertificate(alias);
    return certificate.getEncoded();
  }

  private Key privateKey(String alias) throws IOException, GeneralSecurityException {
    return open().getKey(alias, STORE_PASSWORD.toCharArray());
  }

  private KeyStore open() throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore opened = KeyStore.getInstance("PKCS12");
      opened.load(in, STORE_PASSWORD.toCharArray());
      return opened;
    }
  }

  private static String pem(String kind, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, LINES.encodeToString(bytes), kind);
  }

  private void keytool(String... more) throws IOException, InterruptedException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command = new ArrayList<>(List.of(tool.toString(), "-genkeypair"));
    command.add("-J-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-validity", "2", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store.toString()));
    command.addAll(List.of("-storepass", STORE_PASSWORD));
    command.addAll(List.of(more));
    Path output = folder.resolve("keytool.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("keytool failed:\n" + Files.readString(output));
    }
  }
}
