namespace Paydown.Client;

/// <summary>Bank accounts of customers.</summary>
public sealed class BankAccountCalls
{
    private readonly Caller caller;

    internal BankAccountCalls(Caller caller) => this.caller = caller;

    /// <summary>Adds a bank account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the account may still be added.</param>
    public Task<BankAccountAdded> AddAsync(
        NewBankAccount account,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.CreateBankAccount,
            Routes.CreateBankAccount.To(),
            account,
            PaydownJson.Default.NewBankAccount,
            PaydownJson.Default.BankAccountAddedAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Gets a bank account of the signed-in customer.</summary>
    public Task<BankAccount> GetAsync(Guid accountId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.ViewBankAccount,
            Routes.ViewBankAccount.To(accountId),
            PaydownJson.Default.BankAccountAnswer,
            cancellationToken
        );

    /// <summary>Gets the bank accounts of a customer.</summary>
    public async Task<IReadOnlyList<BankAccount>> GetAllAsync(
        Guid customerId,
        CancellationToken cancellationToken = default
    ) =>
        await caller.SendAsync(
            Routes.ListBankAccounts,
            Routes.ListBankAccounts.To(customerId),
            PaydownJson.Default.BankAccountsAnswer,
            cancellationToken
        );

    /// <summary>Gets the banks, by name.</summary>
    public async Task<IReadOnlyList<Bank>> GetBanksAsync(CancellationToken cancellationToken = default) =>
        await caller.SendAsync(
            Routes.ListBanks,
            Routes.ListBanks.To(),
            PaydownJson.Default.BanksAnswer,
            cancellationToken
        );

    /// <summary>Asks the bank for the holder's name of an account.</summary>
    public Task<NamedBankAccount> VerifyAsync(
        string bankCode,
        string accountNumber,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.VerifyBankAccount,
            Routes.VerifyBankAccount.ToNamed(bankCode, accountNumber),
            PaydownJson.Default.NamedBankAccountAnswer,
            cancellationToken
        );
}
