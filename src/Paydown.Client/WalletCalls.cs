namespace Paydown.Client;

/// <summary>Wallets of customers. Officers may read the wallets of all customers of their organisation.</summary>
public sealed class WalletCalls
{
    private readonly Caller caller;

    internal WalletCalls(Caller caller) => this.caller = caller;

    /// <summary>Gets the balance of a wallet.</summary>
    public Task<Wallet> GetAsync(Guid customerId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.ShowWallet,
            Routes.ShowWallet.To(customerId),
            PaydownJson.Default.WalletAnswer,
            cancellationToken
        );

    /// <summary>Lists the movements of a wallet, newest first.</summary>
    public IAsyncEnumerable<WalletHistoryItem> ListHistoryAsync(
        Guid customerId,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.WalletHistory,
            Routes.WalletHistory.To(customerId),
            PaydownJson.Default.WalletHistoryAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the movements of a wallet; at most 50.</summary>
    public Task<Page<WalletHistoryItem>> GetHistoryPageAsync(
        Guid customerId,
        PagePosition page,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.WalletHistory,
            Routes.WalletHistory.To(customerId),
            page,
            size,
            PaydownJson.Default.WalletHistoryAnswer,
            cancellationToken
        );

    /// <summary>Transfers money to a bank account of the signed-in customer.</summary>
    /// <param name="order">The amount and the bank account.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the money may still be sent.</param>
    public Task<TransferRequested> TransferAsync(
        TransferOrder order,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.TransferFunds,
            Routes.TransferFunds.To(),
            order,
            PaydownJson.Default.TransferOrder,
            PaydownJson.Default.TransferRequestedAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Gets a transfer and its status.</summary>
    public Task<Transfer> GetTransferAsync(
        string transactionReference,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.CheckTransferStatus,
            Routes.CheckTransferStatus.ToNamed(transactionReference),
            PaydownJson.Default.TransferAnswer,
            cancellationToken
        );

    /// <summary>Lists the transfers of a customer, newest first.</summary>
    public IAsyncEnumerable<Transfer> ListTransfersAsync(
        Guid customerId,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.TransferHistory,
            Routes.TransferHistory.To(customerId),
            PaydownJson.Default.TransfersAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of a customer's transfers; at most 50.</summary>
    public Task<Page<Transfer>> GetTransferPageAsync(
        Guid customerId,
        PagePosition page,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.TransferHistory,
            Routes.TransferHistory.To(customerId),
            page,
            size,
            PaydownJson.Default.TransfersAnswer,
            cancellationToken
        );

    /// <summary>Sets or replaces the transaction PIN of the signed-in customer.</summary>
    /// <param name="pin">The new PIN, with the current PIN or the password.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the PIN may still be set.</param>
    public Task<TransactionPinSet> SetPinAsync(
        NewTransactionPin pin,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.SetTransactionPin,
            Routes.SetTransactionPin.To(),
            pin,
            PaydownJson.Default.NewTransactionPin,
            PaydownJson.Default.TransactionPinAnswer,
            cancellationToken,
            idempotencyKey
        );
}
