package io.andon.chaos.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
    made.keytool("-alias", "ca", "-dname", "CN=Test authority", "-ext", "bc:c");
    return made;
  }

  /** The authority's certificate. */
  Path authority() throws IOException, GeneralSecurityException {
    return Files.writeString(folder.resolve("ca.pem"), pem("CERTIFICATE", encoded("ca")));
  }

  /** Has a certificate signed for 127.0.0.1 and no other name. */
  void sign(String name) throws Exception {
    keytool("-alias", name, "-dname", "CN=" + name, "-signer", "ca", "-ext", "san=ip:127.0.0.1");
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
    byte[] info = new EncryptedPrivateKeyInfo(cipher.getParameters(), encrypted).getEncoded();
    return Files.writeString(
        folder.resolve(name + ".encrypted.key"), pem("ENCRYPTED PRIVATE KEY", info));
  }

  /** Key and chain in one file, as a broker takes them. */
  Path bundle(String name) throws IOException, GeneralSecurityException {
    String both = Files.readString(key(name)) + Files.readString(chain(name));
    return Files.writeString(folder.resolve(name + ".pem"), both);
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
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
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
