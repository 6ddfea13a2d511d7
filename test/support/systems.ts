/** Small systems of different kinds, in the notation of `test/support/monolith.ts`: layered folders, feature folders, one god service. */

/** Layered folders, a back office over every domain, one transaction over cart, orders, payments and stock. */
export const SHOP = `
  entry src/server.ts
  import src/server.ts -> src/app.ts
  import src/app.ts -> src/routes/products.ts
  import src/app.ts -> src/db/pool.ts
  table categories
  table products -> categories
  table product_images -> products
  table reviews -> products users
  table stock -> products
  table users
  table addresses -> users
  table carts -> users
  table cart_items -> carts products
  table orders -> users
  table order_items -> orders products
  table payments -> orders
  table admin_users
  table audit_log -> admin_users

  route GET /api/products -> src/controllers/catalogController.ts#listProducts via src/middleware/context.ts#requestContext
  route GET /api/products/{slug} -> src/controllers/catalogController.ts#getProduct via src/middleware/context.ts#requestContext
  route GET /api/products/{slug}/related -> src/controllers/catalogController.ts#related via src/middleware/context.ts#requestContext
  route GET /api/categories -> src/controllers/catalogController.ts#listCategories via src/middleware/context.ts#requestContext
  route GET /api/categories/{slug}/products -> src/controllers/catalogController.ts#productsOf via src/middleware/context.ts#requestContext
  route GET /api/products/{slug}/reviews -> src/controllers/reviewController.ts#list via src/middleware/context.ts#requestContext
  route POST /api/products/{slug}/reviews -> src/controllers/reviewController.ts#create via src/middleware/context.ts#requestContext src/middleware/auth.ts#requireUser
  route POST /api/auth/register -> src/controllers/authController.ts#register via src/middleware/context.ts#requestContext
  route POST /api/auth/login -> src/controllers/authController.ts#login via src/middleware/context.ts#requestContext
  route GET /api/account -> src/controllers/accountController.ts#get via src/middleware/context.ts#requestContext src/middleware/auth.ts#requireUser
  route PATCH /api/account -> src/controllers/accountController.ts#update via src/middleware/context.ts#requestContext src/middleware/auth.ts#requireUser
  route GET /api/account/addresses -> src/controllers/accountController.ts#addresses via src/middleware/context.ts#requestContext src/middleware/auth.ts#requireUser
  route POST /api/account/addresses -> src/controllers/accountController.ts#addAddress via src/middleware/context.ts#requestContext src/middleware/auth.ts#requireUser
  route GET /api/cart -> src/controllers/cartController.ts#get via src/middleware/context.ts#requestContext src/middleware/auth.ts#requireUser
  route POST /api/cart/items -> src/controllers/cartController.ts#add via src/middleware/context.ts#requestContext src/middleware/auth.ts#requireUser
  route DELETE /api/cart/items/{id} -> src/controllers/cartController.ts#remove via src/middleware/context.ts#requestContext src/middleware/auth.ts#requireUser
  route POST /api/orders -> src/controllers/OrderController.ts#checkout via src/middleware/context.ts#requestContext src/middleware/auth.ts#requireUser
  route GET /api/orders -> src/controllers/OrderController.ts#list via src/middleware/context.ts#requestContext src/middleware/auth.ts#requireUser
  route GET /api/orders/{id} -> src/controllers/OrderController.ts#get via src/middleware/context.ts#requestContext src/middleware/auth.ts#requireUser
  route POST /api/orders/{id}/cancel -> src/controllers/OrderController.ts#cancel via src/middleware/context.ts#requestContext src/middleware/auth.ts#requireUser
  route POST /admin/login -> src/controllers/adminController.ts#login via session
  route POST /admin/logout -> src/controllers/adminController.ts#logout via session
  route GET /admin/audit -> src/controllers/adminController.ts#audit via session src/middleware/admin.ts#requireAdmin
  route POST /admin/products -> src/controllers/adminProductController.ts#create via session src/middleware/admin.ts#requireAdmin
  route PATCH /admin/products/{id} -> src/controllers/adminProductController.ts#update via session src/middleware/admin.ts#requireAdmin
  route POST /admin/products/{id}/images -> src/controllers/adminProductController.ts#addImage via session src/middleware/admin.ts#requireAdmin upload
  route GET /admin/orders -> src/controllers/adminOrderController.ts#list via session src/middleware/admin.ts#requireAdmin
  route POST /admin/orders/{id}/refund -> src/controllers/adminOrderController.ts#refund via session src/middleware/admin.ts#requireAdmin
  route GET /health -> src/app.ts#health
  trigger schedule 0_3_*_*_* -> src/jobs/abandonedCarts.ts#run

  call src/middleware/auth.ts#requireUser -> src/repositories/userRepository.ts#find
  call src/middleware/admin.ts#requireAdmin -> src/repositories/adminRepository.ts#find
  call src/controllers/catalogController.ts#listProducts -> src/services/catalogService.ts#list
  call src/controllers/catalogController.ts#getProduct -> src/services/catalogService.ts#get
  call src/controllers/catalogController.ts#related -> src/services/catalogService.ts#list
  call src/controllers/catalogController.ts#listCategories -> src/repositories/categoryRepository.ts#list
  call src/controllers/catalogController.ts#productsOf -> src/services/catalogService.ts#list
  call src/services/catalogService.ts#list -> src/repositories/productRepository.ts#list
  call src/services/catalogService.ts#list -> src/lib/money.ts#format
  call src/services/catalogService.ts#get -> src/repositories/productRepository.ts#find
  call src/services/catalogService.ts#get -> src/services/productCache.ts#get
  call src/controllers/reviewController.ts#list -> src/repositories/reviewRepository.ts#list
  call src/controllers/reviewController.ts#create -> src/repositories/productRepository.ts#find
  call src/controllers/reviewController.ts#create -> src/repositories/reviewRepository.ts#insert
  call src/controllers/authController.ts#register -> src/repositories/userRepository.ts#insert
  call src/controllers/authController.ts#login -> src/repositories/userRepository.ts#find
  call src/controllers/authController.ts#login -> src/repositories/userRepository.ts#touch
  call src/controllers/accountController.ts#get -> src/repositories/userRepository.ts#find
  call src/controllers/accountController.ts#update -> src/repositories/userRepository.ts#update
  call src/controllers/accountController.ts#addresses -> src/repositories/addressRepository.ts#list
  call src/controllers/accountController.ts#addAddress -> src/repositories/addressRepository.ts#insert
  call src/controllers/cartController.ts#get -> src/services/cartService.ts#view
  call src/controllers/cartController.ts#add -> src/services/cartService.ts#add
  call src/controllers/cartController.ts#remove -> src/services/cartService.ts#remove
  call src/services/cartService.ts#view -> src/repositories/cartRepository.ts#find
  call src/services/cartService.ts#view -> src/repositories/productRepository.ts#find
  call src/services/cartService.ts#view -> src/lib/money.ts#format
  call src/services/cartService.ts#add -> src/repositories/cartRepository.ts#save
  call src/services/cartService.ts#add -> src/repositories/productRepository.ts#find
  call src/services/cartService.ts#remove -> src/repositories/cartRepository.ts#save
  call src/controllers/OrderController.ts#checkout -> src/services/OrderService.ts#place
  call src/controllers/OrderController.ts#list -> src/repositories/orderRepository.ts#list
  call src/controllers/OrderController.ts#get -> src/repositories/orderRepository.ts#find
  call src/controllers/OrderController.ts#cancel -> src/services/OrderService.ts#cancel
  call src/services/OrderService.ts#place -> src/repositories/cartRepository.ts#find
  call src/services/OrderService.ts#place -> src/repositories/cartRepository.ts#close
  call src/services/OrderService.ts#place -> src/repositories/orderRepository.ts#insert
  call src/services/OrderService.ts#place -> src/repositories/stockRepository.ts#take
  call src/services/OrderService.ts#place -> src/repositories/paymentRepository.ts#insert
  call src/services/OrderService.ts#place -> src/lib/money.ts#format
  call src/services/OrderService.ts#cancel -> src/repositories/orderRepository.ts#update
  call src/services/OrderService.ts#cancel -> src/repositories/stockRepository.ts#release
  call src/services/OrderService.ts#refund -> src/repositories/orderRepository.ts#update
  call src/services/OrderService.ts#refund -> src/repositories/paymentRepository.ts#refund
  call src/controllers/adminController.ts#login -> src/repositories/adminRepository.ts#find
  call src/controllers/adminController.ts#login -> src/repositories/adminRepository.ts#log
  call src/controllers/adminController.ts#audit -> src/repositories/adminRepository.ts#entries
  call src/controllers/adminProductController.ts#create -> src/repositories/productRepository.ts#insert
  call src/controllers/adminProductController.ts#create -> src/repositories/adminRepository.ts#log
  call src/controllers/adminProductController.ts#update -> src/repositories/productRepository.ts#update
  call src/controllers/adminProductController.ts#update -> src/services/productCache.ts#clear
  call src/controllers/adminProductController.ts#update -> src/repositories/adminRepository.ts#log
  call src/controllers/adminProductController.ts#addImage -> src/repositories/productRepository.ts#insertImage
  call src/controllers/adminProductController.ts#addImage -> src/middleware/upload.ts#save
  call src/controllers/adminOrderController.ts#list -> src/repositories/orderRepository.ts#list
  call src/controllers/adminOrderController.ts#refund -> src/services/OrderService.ts#refund
  call src/controllers/adminOrderController.ts#refund -> src/repositories/adminRepository.ts#log
  call src/jobs/abandonedCarts.ts#run -> src/repositories/cartRepository.ts#close

  access src/repositories/productRepository.ts#list read products
  access src/repositories/productRepository.ts#list read categories
  access src/repositories/productRepository.ts#find read products
  access src/repositories/productRepository.ts#find read product_images
  access src/repositories/productRepository.ts#insert create products
  access src/repositories/productRepository.ts#update update products
  access src/repositories/productRepository.ts#insertImage create product_images
  access src/repositories/categoryRepository.ts#list read categories
  access src/repositories/reviewRepository.ts#list read reviews
  access src/repositories/reviewRepository.ts#insert create reviews
  access src/repositories/userRepository.ts#find read users
  access src/repositories/userRepository.ts#insert create users
  access src/repositories/userRepository.ts#touch update users
  access src/repositories/userRepository.ts#update update users
  access src/repositories/addressRepository.ts#list read addresses
  access src/repositories/addressRepository.ts#insert create addresses
  access src/repositories/cartRepository.ts#find read carts
  access src/repositories/cartRepository.ts#find read cart_items
  access src/repositories/cartRepository.ts#save update carts
  access src/repositories/cartRepository.ts#save upsert cart_items
  access src/repositories/cartRepository.ts#close update carts in place-order
  access src/repositories/orderRepository.ts#list read orders
  access src/repositories/orderRepository.ts#find read orders
  access src/repositories/orderRepository.ts#find read order_items
  access src/repositories/orderRepository.ts#insert create orders in place-order
  access src/repositories/orderRepository.ts#insert create order_items in place-order
  access src/repositories/orderRepository.ts#update update orders
  access src/repositories/stockRepository.ts#take update stock in place-order
  access src/repositories/stockRepository.ts#release update stock
  access src/repositories/paymentRepository.ts#insert create payments in place-order
  access src/repositories/paymentRepository.ts#refund update payments
  access src/repositories/adminRepository.ts#find read admin_users
  access src/repositories/adminRepository.ts#log create audit_log
  access src/repositories/adminRepository.ts#entries read audit_log

  state cache:read-through src/services/productCache.ts#entries by src/services/productCache.ts#get src/services/productCache.ts#clear
  state session src/middleware/adminSession.ts#sessions
  state local-file src/middleware/upload.ts#folder by src/middleware/upload.ts#save
  env src/db/pool.ts#<module> DATABASE_URL
  env src/middleware/auth.ts#requireUser JWT_SECRET
  env src/app.ts#<module> PORT 3000
  import src/repositories/productRepository.ts -> src/db/pool.ts
  import src/repositories/userRepository.ts -> src/db/pool.ts
  import src/repositories/orderRepository.ts -> src/db/pool.ts
  import src/repositories/orderRepository.ts -> src/models/order.ts type
  import src/repositories/productRepository.ts -> src/models/index.ts type
  import src/repositories/userRepository.ts -> src/models/index.ts type
`;

/** Feature folders of a blog in the way of the RealWorld example. */
export const BLOG = `
  entry src/main.ts
  table users
  table articles -> users
  table comments -> articles users
  table tags
  table article_tags -> articles tags
  table favorites -> articles users
  table follows -> users
  route POST /api/users -> src/auth/auth.controller.ts#register
  route POST /api/users/login -> src/auth/auth.controller.ts#login
  route GET /api/user -> src/auth/auth.controller.ts#current via src/auth/guard.ts#required
  route PUT /api/user -> src/auth/auth.controller.ts#update via src/auth/guard.ts#required
  route GET /api/profiles/{username} -> src/profile/profile.controller.ts#get via src/auth/guard.ts#optional
  route POST /api/profiles/{username}/follow -> src/profile/profile.controller.ts#follow via src/auth/guard.ts#required
  route DELETE /api/profiles/{username}/follow -> src/profile/profile.controller.ts#unfollow via src/auth/guard.ts#required
  route GET /api/articles -> src/article/article.controller.ts#list via src/auth/guard.ts#optional
  route GET /api/articles/feed -> src/article/article.controller.ts#feed via src/auth/guard.ts#required
  route POST /api/articles -> src/article/article.controller.ts#create via src/auth/guard.ts#required
  route GET /api/articles/{slug} -> src/article/article.controller.ts#get via src/auth/guard.ts#optional
  route PUT /api/articles/{slug} -> src/article/article.controller.ts#update via src/auth/guard.ts#required
  route DELETE /api/articles/{slug} -> src/article/article.controller.ts#remove via src/auth/guard.ts#required
  route GET /api/articles/{slug}/comments -> src/article/article.controller.ts#comments via src/auth/guard.ts#optional
  route POST /api/articles/{slug}/comments -> src/article/article.controller.ts#comment via src/auth/guard.ts#required
  route POST /api/articles/{slug}/favorite -> src/article/article.controller.ts#favorite via src/auth/guard.ts#required
  route GET /api/tags -> src/tag/tag.controller.ts#list via src/auth/guard.ts#optional
  call src/auth/auth.controller.ts#register -> src/auth/auth.service.ts#create
  call src/auth/auth.controller.ts#login -> src/auth/auth.service.ts#find
  call src/auth/auth.controller.ts#current -> src/auth/auth.service.ts#find
  call src/auth/auth.controller.ts#update -> src/auth/auth.service.ts#save
  call src/profile/profile.controller.ts#get -> src/profile/profile.service.ts#find
  call src/profile/profile.controller.ts#follow -> src/profile/profile.service.ts#follow
  call src/profile/profile.controller.ts#unfollow -> src/profile/profile.service.ts#follow
  call src/article/article.controller.ts#list -> src/article/article.service.ts#find
  call src/article/article.controller.ts#feed -> src/article/article.service.ts#find
  call src/article/article.controller.ts#create -> src/article/article.service.ts#save
  call src/article/article.controller.ts#get -> src/article/article.service.ts#find
  call src/article/article.controller.ts#update -> src/article/article.service.ts#save
  call src/article/article.controller.ts#remove -> src/article/article.service.ts#remove
  call src/article/article.controller.ts#comments -> src/article/article.service.ts#comments
  call src/article/article.controller.ts#comment -> src/article/article.service.ts#comment
  call src/article/article.controller.ts#favorite -> src/article/article.service.ts#favorite
  call src/tag/tag.controller.ts#list -> src/tag/tag.service.ts#list
  call src/article/article.service.ts#find -> src/profile/profile.utils.ts#toProfile
  call src/profile/profile.service.ts#find -> src/profile/profile.utils.ts#toProfile
  access src/auth/auth.service.ts#create create users
  access src/auth/auth.service.ts#find read users
  access src/auth/auth.service.ts#save update users
  access src/profile/profile.service.ts#find read users
  access src/profile/profile.service.ts#find read follows
  access src/profile/profile.service.ts#follow create follows
  access src/profile/profile.service.ts#follow read users
  access src/article/article.service.ts#find read articles
  access src/article/article.service.ts#find read users
  access src/article/article.service.ts#find read article_tags
  access src/article/article.service.ts#save upsert articles
  access src/article/article.service.ts#save upsert tags
  access src/article/article.service.ts#save create article_tags
  access src/article/article.service.ts#remove delete articles
  access src/article/article.service.ts#comments read comments
  access src/article/article.service.ts#comments read articles
  access src/article/article.service.ts#comment create comments
  access src/article/article.service.ts#favorite create favorites
  access src/article/article.service.ts#favorite read articles
  access src/tag/tag.service.ts#list read tags
`;

/** Everything works on one table: no cut is worth making. */
export const LEDGER = `
  route GET /entries -> src/entries.ts#list
  route POST /entries -> src/entries.ts#add
  route DELETE /entries/{id} -> src/entries.ts#remove
  access src/entries.ts#list read entries
  access src/entries.ts#add create entries
  access src/entries.ts#remove delete entries
`;
