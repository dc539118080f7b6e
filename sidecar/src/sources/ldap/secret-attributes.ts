/** Attributes that hold passwords, hashes or keys. A bind account with too many rights can read them; we never do. */
const secrets = new Set(
  [
    'userPassword',
    'authPassword',
    'unicodePwd',
    'dBCSPwd',
    'ntPwdHistory',
    'lmPwdHistory',
    'supplementalCredentials',
    'pwdHistory',
    'passwordHistory',
    'sambaNTPassword',
    'sambaLMPassword',
    'sambaPasswordHistory',
    'ipaNTHash',
    'krbPrincipalKey',
    'krbExtraData',
    'krb5Key',
    'msDS-ManagedPassword',
    'ms-Mcs-AdmPwd',
    'msLAPS-Password',
    'msLAPS-EncryptedPassword',
    'unixUserPassword',
    'ipatokenOTPkey',
  ].map((name) => name.toLowerCase()),
)

export const isSecretAttribute = (name: string): boolean => secrets.has((name.split(';', 1)[0] ?? name).toLowerCase())
