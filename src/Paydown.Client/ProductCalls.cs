namespace Paydown.Client;

/// <summary>
/// What can be borrowed on which terms, and what managers do about it. Each write takes an idempotency key as
/// <see cref="RepaymentCalls.ReportAsync"/> does.
/// </summary>
public sealed class ProductCalls
{
    private readonly Caller caller;

    internal ProductCalls(Caller caller) => this.caller = caller;

    /// <summary>What can be applied for.</summary>
    public async Task<IReadOnlyList<ProductOffer>> GetOpenAsync(CancellationToken cancellationToken = default) =>
        await caller.SendAsync(
            Routes.ListProducts,
            Routes.ListProducts.To(),
            PaydownJson.Default.ProductOffersAnswer,
            cancellationToken
        );

    /// <summary>What who applies for an open product is asked.</summary>
    public async Task<IReadOnlyList<QuestionAsked>> GetQuestionsAskedAsync(
        Guid productId,
        CancellationToken cancellationToken = default
    ) =>
        await caller.SendAsync(
            Routes.EligibilityQuestionsAsked,
            Routes.EligibilityQuestionsAsked.To(productId),
            PaydownJson.Default.QuestionsAskedAnswer,
            cancellationToken
        );

    /// <summary>On what terms an organisation lends.</summary>
    public Task<OrganisationTerms> GetTermsAsync(Guid organisationId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.LoanTerms,
            Routes.LoanTerms.To(organisationId),
            PaydownJson.Default.TermsAnswer,
            cancellationToken
        );

    /// <summary>For managers: all products, open and closed, by name, page by page.</summary>
    public IAsyncEnumerable<Product> ListAsync(CancellationToken cancellationToken = default) =>
        caller.AllAsync(
            Routes.OfficersProducts,
            Routes.OfficersProducts.To(),
            PaydownJson.Default.ProductsAnswer,
            cancellationToken
        );

    /// <summary>For managers: one page of the products; its size is at most 50.</summary>
    public Task<Page<Product>> GetPageAsync(
        PagePosition page,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.OfficersProducts,
            Routes.OfficersProducts.To(),
            page,
            size,
            PaydownJson.Default.ProductsAnswer,
            cancellationToken
        );

    /// <summary>For managers: a product with all its versions.</summary>
    public Task<Product> GetAsync(Guid productId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.OfficersProduct,
            Routes.OfficersProduct.To(productId),
            PaydownJson.Default.ProductAnswer,
            cancellationToken
        );

    /// <summary>For managers: makes a product.</summary>
    public Task<Product> CreateAsync(
        ProductDefinition definition,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.CreateProduct,
            Routes.CreateProduct.To(),
            definition,
            PaydownJson.Default.ProductDefinition,
            PaydownJson.Default.ProductAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>
    /// For managers: changes a product, which makes a new version; or opens or closes it. A <see cref="Product"/> that
    /// was read can be sent back, changed by <c>with</c>. A change that weakens a control waits for a second manager:
    /// see <see cref="Product.AwaitedApproval"/>.
    /// </summary>
    /// <param name="productId">The product.</param>
    /// <param name="definition">All of it: what is null is as the server has it by itself.</param>
    /// <param name="version">The version that the change is based on: refused unless it is the current one.</param>
    /// <param name="idempotencyKey">A key of the caller's own.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<Product> ChangeAsync(
        Guid productId,
        ProductDefinition definition,
        int version,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(definition);
        return caller.SendAsync(
            Routes.ChangeProduct,
            Routes.ChangeProduct.To(productId),
            new ProductChange(definition, version),
            PaydownChangesJson.Default.ProductChange,
            PaydownJson.Default.ProductAnswer,
            cancellationToken,
            idempotencyKey
        );
    }

    /// <summary>For managers: the questions of a product, and the answers that pass.</summary>
    public Task<ProductQuestions> GetQuestionsAsync(Guid productId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.ProductQuestions,
            Routes.ProductQuestions.To(productId),
            PaydownJson.Default.ProductQuestionsAnswer,
            cancellationToken
        );

    /// <summary>For managers: other questions, which makes a new version of the product.</summary>
    public Task<ProductQuestions> ChangeQuestionsAsync(
        Guid productId,
        IReadOnlyList<OfficerQuestion> questions,
        int version,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ChangeProductQuestions,
            Routes.ChangeProductQuestions.To(productId),
            new QuestionsChange(questions, version),
            PaydownChangesJson.Default.QuestionsChange,
            PaydownJson.Default.ProductQuestionsAnswer,
            cancellationToken,
            idempotencyKey
        );
}
