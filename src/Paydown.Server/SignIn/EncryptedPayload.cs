using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.SignIn;

/// <summary>
/// The contract lets clients declare that a password is encrypted with a key of the server. This server has no such
/// key, so the cipher text would become the password.
/// </summary>
internal static class EncryptedPayload
{
    public static readonly Field<bool> Flag = Field
        .Boolean("payloadEncrypted", "Must be false or absent: passwords are sent in plain text over TLS.")
        .Or(false)
        .WithExample(false);

    /// <summary>Returns a refusal if the request says that passwords are encrypted; otherwise null.</summary>
    public static Refusal? Check(FieldValues body) =>
        body.Get(Flag)
            ? Refusals.ValidationFailed(
                new FieldError(
                    Flag.Name,
                    "must be false or absent: this server cannot decrypt passwords; send them in plain text over TLS."
                )
            )
            : null;
}
