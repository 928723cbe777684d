using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.SignIn;

namespace Paydown.Server.Accounts;

/// <summary>Shows whether the caller has a second factor, and whether the lender requires one.</summary>
public sealed class GetSecondFactor(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show your second factor").Returns<SecondFactorView>().Refuses(Refusals.NotFound("user"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        return await SecondFactorStore.FindAsync(connection, call.Caller.UserId, call.Cancellation) is { } factor
            ? Answer.Success(
                new SecondFactorView(factor.IsOn, factor.IsRequired, factor.ConfirmedAt, factor.RecoveryCodesLeft)
            )
            : Answer.Refused(Refusals.NotFound("user"));
    }
}

/// <summary>The second factor of a user: an authenticator app.</summary>
/// <param name="IsOn">True if a sign-in needs a code.</param>
/// <param name="IsRequired">True if the lender requires one. Until it is on, no other call is accepted.</param>
/// <param name="ConfirmedAt">Since when it is on; null if it is not.</param>
/// <param name="RecoveryCodesLeft">The number of unused recovery codes.</param>
public sealed record SecondFactorView(bool IsOn, bool IsRequired, DateTimeOffset? ConfirmedAt, int RecoveryCodesLeft);
