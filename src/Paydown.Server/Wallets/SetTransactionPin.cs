using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Wallets;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.Wallets;

/// <summary>
/// A customer sets or replaces their transaction PIN. The current PIN proves that they may. So does the sign-in
/// password, which is the only proof if there is no PIN yet or it was forgotten.
/// </summary>
public sealed class SetTransactionPin(SingleWrites writes, TransactionPins pins, PasswordHashingLimit gate, Ids ids)
    : IUseCase
{
    /// <summary>The PIN in a request that may take money from the wallet.</summary>
    public static readonly Field<string?> TransactionPin = Pin(
            "transactionPin",
            "The transaction PIN. Required if money leaves the wallet and either the customer has set a PIN or the "
                + "organisation asks for one. Checked whenever it is sent."
        )
        .Optional()
        .NotInExamples();

    private static readonly Field<string> NewPin = Pin(
        "newPin",
        $"The new PIN: {Digits}, neither one digit repeated nor digits in sequence."
    );
    private static readonly Field<string?> CurrentPin = Pin(
            "currentPin",
            "The PIN to replace. Absent if there is none or it was forgotten."
        )
        .Optional()
        .NotInExamples()
        .WithExample("2580");
    private static readonly Field<string?> Password = Field
        .Text("password", "The sign-in password; required if currentPin is absent.", 8, 256)
        .Optional()
        .Secret()
        .WithExample("Password@1");

    public static Contract Contract { get; } =
        new Contract("Set or change the transaction PIN")
            .Reads(NewPin, CurrentPin, Password)
            .Returns<TransactionPinSet>()
            .Refuses(
                Refusals.TransactionPinTooSimple(),
                Refusals.TransactionPinProofMissing(isChange: true),
                TransactionPins.Wrong,
                Refusals.PasswordWrong(),
                TransactionPins.Locked(900),
                Refusals.CurrentPinUnknown()
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        if (TransactionPinRules.Check(call.Body.Get(NewPin)) is { } tooSimple)
            return Answer.Refused(tooSimple);
        return await writes.RunAsync(call, (connection, context) => SetAsync(connection, call, context));
    }

    private static Field<string> Pin(string name, string description) =>
        Field
            .Text(name, description, TransactionPinRules.DigitsMin, TransactionPinRules.DigitsMax)
            .Matching($"^[0-9]{{{TransactionPinRules.DigitsMin},{TransactionPinRules.DigitsMax}}}$", Digits)
            .Secret()
            .WithExample("4821");

    private static string Digits => $"{TransactionPinRules.DigitsMin} to {TransactionPinRules.DigitsMax} digits";

    private async ValueTask<Answer> SetAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var (caller, body) = (call.Caller, call.Body);
        var refusal = await pins.CheckMaySetAsync(
            connection,
            caller.CustomerId,
            caller.OrganisationId,
            body.Get(CurrentPin),
            body.Get(Password),
            call.Cancellation
        );
        if (refusal is not null)
            return Answer.Refused(refusal);

        var hash = await gate.CreateAsync(body.Get(NewPin), call.Cancellation);
        if (hash.IsRefused)
            return Answer.Refused(hash.Refusal);
        await TransactionPinStore.SetAsync(connection, caller.CustomerId, hash.Value, context.At, call.Cancellation);
        await using var batch = new NpgsqlBatch(connection);
        AuditTrail.AddTo(
            batch,
            [
                new AuditRecord(
                    caller.OrganisationId,
                    caller.UserId.AsSubject,
                    context,
                    new AuditEntry(ids.Next<AuditEntryId>(), "TRANSACTION_PIN_SET", "{}")
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync(call.Cancellation);
        return Answer.Success(new TransactionPinSet(context.At), "Your transaction PIN is set.");
    }
}

/// <summary>The response to setting a transaction PIN, which is valid at once.</summary>
/// <param name="SetAt">When the PIN was set.</param>
public sealed record TransactionPinSet(DateTimeOffset SetAt);
