namespace Paydown.Server.Platform.Http;

/// <summary>One thing that the API does. Its class name is the name of the operation in the OpenAPI document.</summary>
public interface IUseCase
{
    /// <summary>What it promises its callers.</summary>
    static abstract Contract Contract { get; }

    /// <summary>Handles one request that has passed the pipeline.</summary>
    ValueTask<Answer> HandleAsync(Call call);
}
