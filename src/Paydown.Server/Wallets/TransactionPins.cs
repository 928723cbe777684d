using Npgsql;
using Paydown.Lending;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Wallets;

/// <summary>
/// Judges the transaction PIN that a request brings. Every use case that takes money out of a wallet asks here.
/// Failures are counted in the database, so that all servers lock at the same count.
/// </summary>
public sealed class TransactionPins(NpgsqlDataSource database, PasswordGate gate, Ids ids, TimeProvider time)
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
    /// Whether a PIN will do, where the organisation asks for one. Call it before the wallet is locked, and after the
    /// loan where there is one. A failure is counted even though the refusal undoes the caller's transaction.
    /// </summary>
    /// <param name="connection">With the transaction of the use case.</param>
    /// <param name="customerId">Whose PIN.</param>
    /// <param name="organisationId">The customer's organisation.</param>
    /// <param name="pin">As it was sent; null where it was not.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The refusal; null where the use case may go on.</returns>
    public async ValueTask<Refusal?> CheckAsync(
        NpgsqlConnection connection, Guid customerId, Guid organisationId, string? pin, CancellationToken cancellation)
    {
        var state = await LockAsync(connection, customerId, organisationId, cancellation);
        if (!state.IsAsked) return null;
        if (pin is null) return Refusals.TransactionPinRequired();
        return state.Pin is null
            ? Refusals.TransactionPinNotSet()
            : await JudgeAsync(state, customerId, state.Pin, pin, Wrong, cancellation);
    }

    /// <summary>Whether a PIN may be set: the current one proves it, or the password of the sign-in.</summary>
    public async ValueTask<Refusal?> CheckMaySetAsync(
        NpgsqlConnection connection, Guid customerId, Guid organisationId, string? currentPin, string? password,
        CancellationToken cancellation)
    {
        var state = await LockAsync(connection, customerId, organisationId, cancellation);
        if (state.Pin is not null && currentPin is not null)
            return await JudgeAsync(
                state, customerId, state.Pin, currentPin, Wrong, cancellation);
        return password is null
            ? Refusals.TransactionPinProofMissing(state.Pin is not null)
            : await JudgeAsync(
                state, customerId, PasswordHash.Parse(state.PasswordText), password, Refusals.PasswordWrong(),
                cancellation);
    }

    private Task<TransactionPinState> LockAsync(
        NpgsqlConnection connection, Guid customerId, Guid organisationId, CancellationToken cancellation) =>
        TransactionPinStore.LockAsync(
            connection, customerId, organisationId, time.GetUtcNow() - FailureWindow, FailuresMax, cancellation);

    private async ValueTask<Refusal?> JudgeAsync(
        TransactionPinState state, Guid customerId, PasswordHash hash, string secret, Refusal wrong,
        CancellationToken cancellation)
    {
        if (state.FailedAt.Count >= FailuresMax) return Locked(SecondsUntilFree(state));
        // Taken before the guess is judged: none may go uncounted because no connection was free afterwards.
        await using var own = await WriteTransaction.BeginAsync(database, cancellation);
        var isRight = await gate.VerifyAsync(hash, secret, isKnown: true, cancellation);
        if (isRight.IsRefused) return isRight.Refusal;
        if (!isRight.Value)
        {
            var now = time.GetUtcNow();
            await TransactionPinStore.AddFailureAsync(
                own.Connection, customerId, ids.Next(), now, now - FailureWindow);
            await own.CommitAsync();
            return wrong;
        }

        if (state.FailedAt.Count == 0) return null;
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
