using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.SignIn;

namespace Paydown.Server.Accounts;

/// <summary>
/// Creates the secret of an authenticator app. It has no effect until a first code confirms it. The secret is shown
/// once: the response stored for repeats does not contain it.
/// </summary>
public sealed class SetUpSecondFactor(PasswordProof proof) : IUseCase
{
    internal static readonly Field<string> Password = Field
        .Text("password", "Your password.", 8, 256)
        .WithExample("Password@1")
        .Secret();

    public static Contract Contract { get; } =
        new Contract("Begin to set up a second factor, an authenticator app")
            .Reads(Password)
            .Returns<NewSecondFactor>()
            .Refuses(
                Refusals.AccountLocked(TimeSpan.FromMinutes(Refusals.SignInWindowMinutes)),
                Refusals.NotFound("user"),
                Refusals.PasswordWrong(),
                Refusals.SecondFactorOn()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        proof.RunAsync(call, Password, (connection, context, user) => CreateAsync(connection, call, context, user));

    private static async ValueTask<Answer> CreateAsync(
        NpgsqlConnection connection,
        Call call,
        ActionContext context,
        User user
    )
    {
        var factor = await SecondFactorStore.FindAsync(connection, user.Id, call.Cancellation);
        if (factor!.IsOn)
            return Answer.Refused(Refusals.SecondFactorOn());
        var sender = await NoticeSender.ReadAsync(connection, user.OrganisationId, call.Cancellation);
        var secret = SecondFactorCodes.CreateSecret();
        await using var batch = new NpgsqlBatch(connection);
        SecondFactorStore.AddTo(batch, user.Id, secret, context.At);
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.ShownOnce(
            new NewSecondFactor(
                SecondFactorCodes.TextOf(secret),
                SecondFactorCodes.AddressOf(secret, sender.Name, user.Email)
            ),
            new NewSecondFactor(null, null),
            "Enter the secret into your authenticator app, and confirm it with a code.",
            "This secret was created before and is not shown again. Send a new request to create another."
        );
    }
}

/// <summary>The secret of an authenticator app.</summary>
/// <param name="Secret">The secret in base32; null if the response repeats an earlier one.</param>
/// <param name="Address">
/// The <c>otpauth</c> address to show as a QR code; null if the response repeats an earlier one.
/// </param>
public sealed record NewSecondFactor(string? Secret, string? Address)
{
    // A record would write the secret.
    public override string ToString() => nameof(NewSecondFactor);
}
