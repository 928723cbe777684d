using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.SignIn;

/// <summary>
/// The contract lets clients declare that a password is encrypted with a key of the server. This server has no such
/// key, so the cipher text would become the password.
/// </summary>
internal static class EncryptedPayload
{
    private const string Name = "payloadEncrypted";

    public static Field Field { get; } =
        Field.Boolean(Name, "Must be false or absent: passwords are sent in plain text over TLS.").Optional() with
        {
            Example = false,
        };

    /// <summary>Returns a refusal if the request says that passwords are encrypted; otherwise null.</summary>
    public static Refusal? Check(FieldValues body) =>
        body.BooleanOr(Name, otherwise: false)
            ? Refusals.ValidationFailed(
                new FieldError(
                    Name,
                    "must be false or absent: this server cannot decrypt passwords; send them in plain text over TLS."
                )
            )
            : null;
}
