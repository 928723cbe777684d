using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Wallets;

/// <summary>
/// Checks the transaction PIN of a request; every use case that takes money from a wallet uses it. Failures are counted
/// in the database, so all servers lock at the same count.
/// </summary>
public sealed class TransactionPins(NpgsqlDataSource database, PasswordHashingLimit gate, Ids ids, TimeProvider time)
{
    /// <summary>The number of failures within <see cref="FailureWindow"/> that lock the PIN.</summary>
    public const int FailuresMax = 5;

    /// <summary>The time in which failures are counted.</summary>
    public static readonly TimeSpan FailureWindow = TimeSpan.FromMinutes(15);

    /// <summary>The refusal of a wrong PIN.</summary>
    public static Refusal Wrong => Refusals.TransactionPinWrong(FailuresMax, FailureWindow);

    /// <summary>The refusal of any PIN while it is locked.</summary>
    public static Refusal Locked(int retryAfterSeconds) =>
        Refusals.TransactionPinLocked(FailuresMax, FailureWindow, retryAfterSeconds);

    /// <summary>
    /// Checks the PIN of a request. A PIN that is sent is always checked. If money leaves the wallet, customers who
    /// have set a PIN must send it, and so must all customers if the organisation asks for one. Call it before the
    /// wallet is locked and after the loan is. A failure is counted even though the refusal rolls the caller's
    /// transaction back.
    /// </summary>
    /// <param name="connection">A connection with the use case's transaction.</param>
    /// <param name="customerId">The owner of the PIN.</param>
    /// <param name="organisationId">The customer's organisation.</param>
    /// <param name="pin">The PIN as sent; null if none was.</param>
    /// <param name="takesMoney">True if money leaves the wallet.</param>
    /// <param name="cancellation">Cancels the check.</param>
    /// <returns>The refusal; null if the use case may go on.</returns>
    public async ValueTask<Refusal?> CheckAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        OrganisationId organisationId,
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
    /// Checks whether a PIN may be set: the current PIN or the sign-in password proves it. If both are sent, both must
    /// be right.
    /// </summary>
    public async ValueTask<Refusal?> CheckMaySetAsync(
        NpgsqlConnection connection,
        CustomerId customerId,
        OrganisationId organisationId,
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
        CustomerId customerId,
        OrganisationId organisationId,
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
        CustomerId customerId,
        PasswordHash hash,
        string secret,
        Refusal wrong,
        CancellationToken cancellation
    )
    {
        if (state.FailedAt.Count >= FailuresMax)
            return Locked(SecondsUntilFree(state));
        // Opened before the PIN is checked, so no failure stays uncounted for lack of a connection.
        await using var own = await WriteTransaction.BeginAsync(database, cancellation);
        var isRight = await gate.VerifyAsync(hash, secret, isKnown: true, cancellation);
        if (isRight.IsRefused)
            return isRight.Refusal;
        if (!isRight.Value)
        {
            var now = time.GetUtcNow();
            await TransactionPinStore.AddFailureAsync(
                own.Connection,
                customerId,
                ids.Next<FailureId>(),
                now,
                now - FailureWindow
            );
            await own.CommitAsync();
            return wrong;
        }

        if (state.FailedAt.Count == 0)
            return null;
        await TransactionPinStore.ForgiveAsync(own.Connection, customerId, cancellation);
        await own.CommitAsync();
        return null;
    }

    // The PIN is free again once the oldest counted failure leaves the window.
    private int SecondsUntilFree(TransactionPinState state)
    {
        var wait = state.FailedAt[^1] + FailureWindow - time.GetUtcNow();
        return Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
    }
}
