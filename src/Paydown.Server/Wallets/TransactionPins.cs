using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Wallets;

/// <summary>
/// Judges the transaction PIN that a request brings. Every use case that takes money out of a wallet asks here.
/// Failures are counted in the database, so that all servers lock at the same count.
/// </summary>
public sealed class TransactionPins(NpgsqlDataSource database, PasswordHashingLimit gate, Ids ids, TimeProvider time)
{
    /// <summary>So many failures lock the PIN…</summary>
    public const int FailuresMax = 5;

    /// <summary>…within so long.</summary>
    public static readonly TimeSpan FailureWindow = TimeSpan.FromMinutes(15);

    /// <summary>The refusal of a wrong PIN.</summary>
    public static Refusal Wrong => Refusals.TransactionPinWrong(FailuresMax, FailureWindow);

    /// <summary>The refusal of any PIN until it is free again.</summary>
    public static Refusal Locked(int retryAfterSeconds) =>
        Refusals.TransactionPinLocked(FailuresMax, FailureWindow, retryAfterSeconds);

    /// <summary>
    /// Whether the PIN of a request will do. A PIN that is sent is always checked, whatever the organisation asks for;
    /// if money leaves the wallet, it must be sent by every customer who has set one, and by all if the organisation
    /// asks. Call it before the wallet is locked, and after the loan is. A failure is counted even though the refusal
    /// undoes the caller's transaction.
    /// </summary>
    /// <param name="connection">With the transaction of the use case.</param>
    /// <param name="customerId">Whose PIN.</param>
    /// <param name="organisationId">The customer's organisation.</param>
    /// <param name="pin">As it was sent; null: none was.</param>
    /// <param name="takesMoney">Whether money leaves the wallet.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The refusal; null: the use case may go on.</returns>
    public async ValueTask<Refusal?> CheckAsync(
        NpgsqlConnection connection,
        Guid customerId,
        Guid organisationId,
        string? pin,
        bool takesMoney,
        CancellationToken cancellation
    )
    {
        if (pin is null && !takesMoney)
            return null;
        var state = await LockAsync(connection, customerId, organisationId, cancellation);
        if (pin is null)
            return state.IsAsked || state.Pin is not null ? Refusals.TransactionPinRequired() : null;
        return state.Pin is null
            ? Refusals.TransactionPinNotSet()
            : await JudgeAsync(state, customerId, state.Pin, pin, Wrong, cancellation);
    }

    /// <summary>
    /// Whether a PIN may be set: the current one proves it, or the password of the sign-in. If both are sent, both must
    /// be right.
    /// </summary>
    public async ValueTask<Refusal?> CheckMaySetAsync(
        NpgsqlConnection connection,
        Guid customerId,
        Guid organisationId,
        string? currentPin,
        string? password,
        CancellationToken cancellation
    )
    {
        var state = await LockAsync(connection, customerId, organisationId, cancellation);
        if (currentPin is null && password is null)
            return Refusals.TransactionPinProofMissing(state.Pin is not null);
        if (currentPin is not null)
        {
            if (state.Pin is null)
                return Refusals.CurrentPinUnknown();
            var wrong = await JudgeAsync(state, customerId, state.Pin, currentPin, Wrong, cancellation);
            if (wrong is not null)
                return wrong;
        }

        return password is null
            ? null
            : await JudgeAsync(
                state,
                customerId,
                PasswordHash.Parse(state.PasswordText),
                password,
                Refusals.PasswordWrong(),
                cancellation
            );
    }

    private Task<TransactionPinState> LockAsync(
        NpgsqlConnection connection,
        Guid customerId,
        Guid organisationId,
        CancellationToken cancellation
    ) =>
        TransactionPinStore.LockAsync(
            connection,
            customerId,
            organisationId,
            time.GetUtcNow() - FailureWindow,
            FailuresMax,
            cancellation
        );

    private async ValueTask<Refusal?> JudgeAsync(
        TransactionPinState state,
        Guid customerId,
        PasswordHash hash,
        string secret,
        Refusal wrong,
        CancellationToken cancellation
    )
    {
        if (state.FailedAt.Count >= FailuresMax)
            return Locked(SecondsUntilFree(state));
        // Taken before the guess is judged: none may go uncounted because no connection was free afterwards.
        await using var own = await WriteTransaction.BeginAsync(database, cancellation);
        var isRight = await gate.VerifyAsync(hash, secret, isKnown: true, cancellation);
        if (isRight.IsRefused)
            return isRight.Refusal;
        if (!isRight.Value)
        {
            var now = time.GetUtcNow();
            await TransactionPinStore.AddFailureAsync(own.Connection, customerId, ids.Next(), now, now - FailureWindow);
            await own.CommitAsync();
            return wrong;
        }

        if (state.FailedAt.Count == 0)
            return null;
        await TransactionPinStore.ForgiveAsync(own.Connection, customerId, cancellation);
        await own.CommitAsync();
        return null;
    }

    // The oldest of the failures that lock it leaves the window first.
    private int SecondsUntilFree(TransactionPinState state)
    {
        var wait = state.FailedAt[^1] + FailureWindow - time.GetUtcNow();
        return Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
    }
}
