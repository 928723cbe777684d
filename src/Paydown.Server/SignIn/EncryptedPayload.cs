using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.SignIn;

/// <summary>
/// The publication lets clients say that a password is encrypted with a key of the server. There is no such key: taken
/// as it is, the cipher text would become the password.
/// </summary>
internal static class EncryptedPayload
{
    private const string Name = "payloadEncrypted";

    public static Field Field { get; } =
        Field
            .Boolean(Name, "false or absent: passwords come as they are, TLS encrypts them. true is refused.")
            .Optional() with
        {
            Example = false,
        };

    /// <summary>What is wrong with it; null if nothing is.</summary>
    public static Refusal? Check(FieldValues body) =>
        body.BooleanOr(Name, otherwise: false)
            ? Refusals.ValidationFailed(
                new FieldError(
                    Name,
                    "must be false or absent: this server decrypts no passwords; send them as they are, over TLS."
                )
            )
            : null;
}
